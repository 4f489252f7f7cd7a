using System.Text.Json;
using Credentials.OpenId.Messages;

namespace Credentials.OpenId.Issuance;

/// <summary>The answer of the credential and the deferred credential endpoint: credentials, or when to come again.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#credential-response</remarks>
public sealed record CredentialResponse
{
    private const string Code = IssuanceError.InvalidResponse;

    /// <summary>The credentials: compact text, or JSON text of an object, byte for byte; empty when they are deferred.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Credentials { get; init; } = [];

    /// <summary>By what the deferred ones are asked for.</summary>
    public string? TransactionId { get; init; }

    /// <summary>Seconds to wait.</summary>
    public int? Interval { get; init; }

    /// <summary>By what the issuer is told how it ended.</summary>
    public string? NotificationId { get; init; }

    /// <summary>Reads the body. The single <c>credential</c> of the drafts is read as an array of one.</summary>
    public static Parsed<CredentialResponse> Read(ReadOnlyMemory<byte> utf8) => MessageText.Read(utf8, Code, json =>
    {
        ObjectReader reader = new(json, Code);
        List<ReadOnlyMemory<byte>> credentials = [];
        foreach (JsonElement item in reader.Items("credentials"))
        {
            ObjectReader one = new(item, Code, "/credentials");
            if (!one.Has("credential", out JsonElement credential))
            {
                one.Fault("it is missing", "credential");
            }

            if (one.Problem is { } problem)
            {
                return problem;
            }

            credentials.Add(BytesOf(credential));
        }

        if (credentials.Count == 0 && reader.Has("credential", out JsonElement single))
        {
            credentials.Add(BytesOf(single));
        }

        string? transaction = reader.Optional("transaction_id");
        int? interval = reader.Integer("interval", 1);
        if (reader.Problem is null && credentials.Count == 0 == transaction is null)
        {
            reader.Fault("it holds either credentials or a transaction_id", null);
        }

        if (credentials.Exists(credential => credential.IsEmpty))
        {
            reader.Fault("a credential is text or an object", "credentials");
        }

        string? notification = reader.Optional("notification_id");
        return reader.Or(() => new CredentialResponse { Credentials = credentials, TransactionId = transaction, Interval = interval, NotificationId = notification });
    });

    /// <summary>Writes the body.</summary>
    public byte[] Write() => MessageText.Write(writer =>
    {
        writer.Objects("credentials", Credentials, credential =>
        {
            // A credential that is JSON goes as the object that it is; anything else is text.
            writer.WritePropertyName("credential");
            if (credential.Span is [(byte)'{', ..])
            {
                writer.WriteRawValue(credential.Span, skipInputValidation: true);
            }
            else
            {
                writer.WriteStringValue(credential.Span);
            }
        });
        writer.Member("transaction_id", TransactionId);
        writer.Member("interval", Interval);
        writer.Member("notification_id", NotificationId);
    });

    private static ReadOnlyMemory<byte> BytesOf(JsonElement credential) => credential.ValueKind switch
    {
        JsonValueKind.String => System.Text.Encoding.UTF8.GetBytes(credential.GetString()!),
        JsonValueKind.Object => System.Text.Encoding.UTF8.GetBytes(credential.GetRawText()),
        _ => default,
    };
}
