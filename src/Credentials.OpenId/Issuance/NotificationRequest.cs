using Credentials.OpenId.Messages;

namespace Credentials.OpenId.Issuance;

/// <summary>A wallet's word on how an issuance ended.</summary>
/// <param name="NotificationId">As the credential response gave it.</param>
/// <param name="Event">One of the three events.</param>
/// <param name="Description">For developers; null when there is none.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#notification</remarks>
public sealed record NotificationRequest(string NotificationId, string Event, string? Description = null)
{
    /// <summary>The credentials are in the wallet.</summary>
    public const string Accepted = "credential_accepted";

    /// <summary>They are not, for a reason that is not the learner's.</summary>
    public const string Failure = "credential_failure";

    /// <summary>They are not, because the learner did not want them.</summary>
    public const string Deleted = "credential_deleted";

    /// <summary>Reads the body.</summary>
    public static Parsed<NotificationRequest> Read(ReadOnlyMemory<byte> utf8) => MessageText.Read(utf8, IssuanceError.InvalidNotificationRequest, json =>
    {
        ObjectReader reader = new(json, IssuanceError.InvalidNotificationRequest);
        string id = reader.Required("notification_id");
        string what = reader.Required("event");
        if (reader.Problem is null && what is not (Accepted or Failure or Deleted))
        {
            reader.Fault("it is no event that is known", "event");
        }

        string? description = reader.Optional("event_description");
        if (description is not null && ErrorMessage.Printable(description) != description)
        {
            reader.Fault("it has characters that it must not have", "event_description");
        }

        return reader.Or(() => new NotificationRequest(id, what, description));
    });

    /// <summary>Writes the body.</summary>
    public byte[] Write() => MessageText.Write(writer =>
    {
        writer.WriteString("notification_id", NotificationId);
        writer.WriteString("event", Event);
        writer.Member("event_description", ErrorMessage.Printable(Description));
    });
}
