using System.Text.Json;
using Credentials.Encoding;
using Credentials.OpenId.Messages;

namespace Credentials.OpenId.Issuance.Metadata;

/// <summary>What an issuer says of itself to wallets.</summary>
/// <param name="CredentialIssuer">Its identifier.</param>
/// <param name="CredentialEndpoint">Where credentials are asked for.</param>
/// <param name="Configurations">What it issues, by configuration id.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#credential-issuer-metadata</remarks>
public sealed record CredentialIssuerMetadata(string CredentialIssuer, Uri CredentialEndpoint, IReadOnlyDictionary<string, CredentialConfiguration> Configurations)
{
    private const string Code = IssuanceError.InvalidMetadata;
    private const int SmallestBatch = 2;

    /// <summary>The authorization servers; empty when the issuer is its own.</summary>
    public IReadOnlyList<string> AuthorizationServers { get; init; } = [];

    /// <summary>Where nonces are had; null when none are wanted.</summary>
    public Uri? NonceEndpoint { get; init; }

    /// <summary>Where deferred credentials are asked for.</summary>
    public Uri? DeferredCredentialEndpoint { get; init; }

    /// <summary>Where wallets tell how it ended.</summary>
    public Uri? NotificationEndpoint { get; init; }

    /// <summary>Whether and how requests may be encrypted.</summary>
    public RequestEncryptionSupport? RequestEncryption { get; init; }

    /// <summary>Whether and how answers are encrypted.</summary>
    public ResponseEncryptionSupport? ResponseEncryption { get; init; }

    /// <summary>The most keys in one request; null when one is the most.</summary>
    public int? BatchSize { get; init; }

    /// <summary>How the issuer is shown.</summary>
    public IReadOnlyList<DisplayProperties> Display { get; init; } = [];

    /// <summary>Where an issuer's metadata are: the well-known name goes between host and path.</summary>
    public static Uri UrlOf(string credentialIssuer) => WellKnown.UrlOf(credentialIssuer, "openid-credential-issuer");

    /// <summary>Reads the document of an issuer: whoever calls itself by another name is refused, for its word is not about the one that was asked.</summary>
    public static Parsed<CredentialIssuerMetadata> Read(ReadOnlyMemory<byte> utf8, string expectedIssuer) => MessageText.Read(utf8, Code, json =>
    {
        ObjectReader reader = new(json, Code);
        string issuer = reader.Required("credential_issuer");
        if (reader.Problem is null && issuer != expectedIssuer)
        {
            reader.Fault("it is not the issuer that was asked", "credential_issuer");
        }

        ObjectReader? batch = reader.Has("batch_credential_issuance", out JsonElement object_) ? new(object_, Code, "/batch_credential_issuance") : null;
        int? batchSize = batch?.Integer("batch_size", SmallestBatch);
        Dictionary<string, CredentialConfiguration> configurations = ReadConfigurations(reader);
        CredentialIssuerMetadata metadata = new(issuer, reader.RequiredUrl("credential_endpoint"), configurations)
        {
            AuthorizationServers = reader.Texts("authorization_servers"),
            NonceEndpoint = reader.OptionalUrl("nonce_endpoint"),
            DeferredCredentialEndpoint = reader.OptionalUrl("deferred_credential_endpoint"),
            NotificationEndpoint = reader.OptionalUrl("notification_endpoint"),
            RequestEncryption = reader.Object("credential_request_encryption", RequestEncryptionSupport.Read),
            ResponseEncryption = reader.Object("credential_response_encryption", ResponseEncryptionSupport.Read),
            BatchSize = batchSize,
            Display = reader.Objects("display", DisplayProperties.Read),
        };
        if (DisplayProperties.HasLanguageTwice(metadata.Display))
        {
            reader.Fault("it has a language twice", "display");
        }

        return batch?.Problem is { } problem ? problem : reader.Or(() => metadata);
    });

    /// <summary>Writes the document.</summary>
    public byte[] Write() => MessageText.Write(writer =>
    {
        writer.WriteString("credential_issuer", CredentialIssuer);
        writer.Member("authorization_servers", AuthorizationServers);
        writer.Member("credential_endpoint", CredentialEndpoint);
        writer.Member("nonce_endpoint", NonceEndpoint);
        writer.Member("deferred_credential_endpoint", DeferredCredentialEndpoint);
        writer.Member("notification_endpoint", NotificationEndpoint);
        if (RequestEncryption is { } request)
        {
            writer.Object("credential_request_encryption", () => request.Write(writer));
        }

        if (ResponseEncryption is { } response)
        {
            writer.Object("credential_response_encryption", () => response.Write(writer));
        }

        if (BatchSize is { } size)
        {
            writer.Object("batch_credential_issuance", () => writer.WriteNumber("batch_size", size));
        }

        writer.Objects("display", Display, one => one.Write(writer));
        writer.Object("credential_configurations_supported", () =>
        {
            foreach ((string id, CredentialConfiguration configuration) in Configurations)
            {
                writer.Object(id, () => configuration.Write(writer));
            }
        });
    });

    private static Dictionary<string, CredentialConfiguration> ReadConfigurations(ObjectReader reader)
    {
        Dictionary<string, CredentialConfiguration> configurations = new(StringComparer.Ordinal);
        if (!reader.Has("credential_configurations_supported", out JsonElement supported) || supported.ValueKind != JsonValueKind.Object)
        {
            reader.Fault("it is missing, or no object", "credential_configurations_supported");
            return configurations;
        }

        foreach (JsonProperty member in supported.EnumerateObject())
        {
            if (reader.Keep(CredentialConfiguration.Read(member.Value, JsonPointer.Member("/credential_configurations_supported", member.Name))) is { } configuration)
            {
                configurations[member.Name] = configuration;
            }
        }

        return configurations;
    }
}
