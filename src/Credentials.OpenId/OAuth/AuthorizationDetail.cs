using System.Text.Json;
using Credentials.OpenId.Issuance.Metadata;
using Credentials.OpenId.Messages;

namespace Credentials.OpenId.OAuth;

/// <summary>What one credential configuration is asked for, or granted (<c>authorization_details</c> of type <c>openid_credential</c>).</summary>
/// <param name="ConfigurationId">The <c>credential_configuration_id</c>.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#authorization-details</remarks>
public sealed record AuthorizationDetail(string ConfigurationId)
{
    /// <summary>The type.</summary>
    public const string Type = "openid_credential";

    private const int MaxCount = 32;

    /// <summary>In a token response: the data sets that can be asked for (<c>credential_identifiers</c>).</summary>
    public IReadOnlyList<string> CredentialIdentifiers { get; init; } = [];

    /// <summary>The issuers that are meant (<c>locations</c>).</summary>
    public IReadOnlyList<string> Locations { get; init; } = [];

    /// <summary>Reads the value of the request parameter: a JSON array. Details of other types are passed over.</summary>
    public static Parsed<IReadOnlyList<AuthorizationDetail>> Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return MessageText.Read(System.Text.Encoding.UTF8.GetBytes(json), OAuthError.InvalidAuthorizationDetails, ReadArray);
    }

    /// <summary>Reads the array.</summary>
    internal static Parsed<IReadOnlyList<AuthorizationDetail>> ReadArray(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() is 0 or > MaxCount)
        {
            return new Problem(OAuthError.InvalidAuthorizationDetails, $"The authorization_details are an array of 1 to {MaxCount} objects.");
        }

        List<AuthorizationDetail> details = [];
        foreach (JsonElement item in json.EnumerateArray())
        {
            ObjectReader reader = new(item, OAuthError.InvalidAuthorizationDetails);
            if (reader.Required("type") != Type && reader.Problem is null)
            {
                continue;
            }

            string configuration = reader.Required("credential_configuration_id");
            IReadOnlyList<string> identifiers = reader.Texts("credential_identifiers");
            IReadOnlyList<string> locations = reader.Texts("locations");

            // All claims are issued, whichever are asked for; but what contradicts itself is not taken.
            IReadOnlyList<ClaimDescription> claims = reader.Objects("claims", ClaimDescription.Read);
            if (ClaimContradiction.IsIn(claims))
            {
                reader.Fault("a claim is described twice, or as different things", "claims");
            }

            if (reader.Problem is { } problem)
            {
                return problem with { Code = OAuthError.InvalidAuthorizationDetails };
            }

            details.Add(new AuthorizationDetail(configuration) { CredentialIdentifiers = identifiers, Locations = locations });
        }

        return details;
    }

    /// <summary>The value of the request parameter.</summary>
    public static string Write(IReadOnlyList<AuthorizationDetail> details)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            WriteArray(writer, details);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Writes the array.</summary>
    internal static void WriteArray(Utf8JsonWriter writer, IReadOnlyList<AuthorizationDetail> details)
    {
        writer.WriteStartArray();
        foreach (AuthorizationDetail detail in details)
        {
            writer.WriteStartObject();
            writer.WriteString("type", Type);
            writer.WriteString("credential_configuration_id", detail.ConfigurationId);
            writer.Member("credential_identifiers", detail.CredentialIdentifiers);
            writer.Member("locations", detail.Locations);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
