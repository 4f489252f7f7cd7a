using System.Text.Json;
using Credentials.OpenId.Presentation.Dcql;

namespace Credentials.OpenId.Presentation;

/// <summary>A verifier's request: what is asked, by whom, and where the answer goes. As read, not yet shown to be whose it says: see <see cref="RequestCheck"/>.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-authorization-request. Unknown parameters are passed over; <c>iss</c> is ignored.</remarks>
public sealed record AuthorizationRequest
{
    /// <summary>The size in bytes above which no request is read: 256 KiB.</summary>
    public const int MaxLength = 256 * 1024;

    /// <summary>The one response type.</summary>
    public const string VpToken = "vp_token";

    /// <summary>The audience of a request whose wallet is not known beforehand.</summary>
    public const string AnyWallet = "https://self-issued.me/v2";

    /// <summary>The scheme of a deep link.</summary>
    public const string DeepLink = "openid4vp://";

    /// <summary>Who asks; null in an unsigned request through the browser, where the origin is the name.</summary>
    public ClientIdentifier? Client { get; init; }

    /// <summary>One of <see cref="Presentation.ResponseMode"/>.</summary>
    public required string ResponseMode { get; init; }

    /// <summary>Where the answer is posted; null through the browser.</summary>
    public string? ResponseUri { get; init; }

    /// <summary>What ties every presentation to this request.</summary>
    public required string Nonce { get; init; }

    /// <summary>What the answer repeats, if it is there.</summary>
    public string? State { get; init; }

    /// <summary>What is asked.</summary>
    public required DcqlQuery Query { get; init; }

    /// <summary>What the verifier says of itself.</summary>
    public ClientMetadata? ClientMetadata { get; init; }

    /// <summary>What others say of it.</summary>
    public IReadOnlyList<VerifierInfo> VerifierInfo { get; init; } = [];

    /// <summary>The wallet's own nonce, in a request object that was fetched by POST.</summary>
    public string? WalletNonce { get; init; }

    /// <summary><c>aud</c> of a request object.</summary>
    public string? Audience { get; init; }

    /// <summary>The origins from which a signed request may come through the browser.</summary>
    public IReadOnlyList<string> ExpectedOrigins { get; init; } = [];

    /// <summary>Reads a request object's claims, or the data of a request through the browser. The problem's code is the one with which a wallet answers (<see cref="PresentationError"/>).</summary>
    public static Parsed<AuthorizationRequest> Read(JsonElement json) => AuthorizationRequestReader.Read(json);

    /// <summary>Writes the claims of a request object, or the data of a request through the browser.</summary>
    public byte[] ToUtf8() => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        foreach ((string name, string value) in Texts())
        {
            writer.WriteString(name, value);
        }

        writer.WritePropertyName("dcql_query");
        Query.Write(writer);
        if (ClientMetadata is { } metadata)
        {
            writer.WritePropertyName("client_metadata");
            metadata.Write(writer);
        }

        if (ExpectedOrigins.Count > 0)
        {
            writer.WriteStartArray("expected_origins");
            foreach (string origin in ExpectedOrigins)
            {
                writer.WriteStringValue(origin);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    });

    /// <summary>The parameters of an unsigned request by value; objects are JSON text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ToParameters() =>
    [
        .. Texts().Select(one => KeyValuePair.Create(one.Name, one.Value)),
        KeyValuePair.Create("dcql_query", System.Text.Encoding.UTF8.GetString(Query.ToUtf8())),
        .. ClientMetadata is { } metadata ? [KeyValuePair.Create("client_metadata", System.Text.Encoding.UTF8.GetString(JsonText.Write(metadata.Write)))] : Array.Empty<KeyValuePair<string, string>>(),
    ];

    private IEnumerable<(string Name, string Value)> Texts()
    {
        (string Name, string? Value)[] all =
        [
            ("response_type", VpToken),
            ("client_id", Client?.Text),
            ("response_mode", ResponseMode),
            ("response_uri", ResponseUri),
            ("nonce", Nonce),
            ("state", State),
            ("aud", Audience),
            ("wallet_nonce", WalletNonce),
        ];
        return all.Where(one => one.Value is not null).Select(one => (one.Name, one.Value!));
    }
}
