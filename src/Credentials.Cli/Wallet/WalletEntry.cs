using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Encoding;

namespace Credentials.Cli.Wallet;

/// <summary>One credential in the wallet's folder, with its key: one file.</summary>
/// <param name="Id">What the command line calls it: the file's name.</param>
/// <param name="Format">As in <see cref="OpenId.CredentialFormat"/>.</param>
/// <param name="Credential">As the issuer gave it: compact text, or JSON text.</param>
internal sealed record WalletEntry(string Id, string Format, string Credential)
{
    private const int Version = 1;

    /// <summary>The credential issuer's identifier.</summary>
    public required string Issuer { get; init; }

    /// <summary>The issuer's name for this kind of credential.</summary>
    public required string Configuration { get; init; }

    /// <summary>How the key was named to the issuer.</summary>
    public required string Binding { get; init; }

    /// <summary>The private key, perhaps sealed.</summary>
    public required JsonElement Key { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset Received { get; init; }

    /// <summary>Whether its signature was seen to be that of the issuer whom it names, when it came.</summary>
    public bool IsVerified { get; init; }

    /// <summary>The file's text.</summary>
    public byte[] ToUtf8() => System.Text.Encoding.UTF8.GetBytes(new JsonObject
    {
        ["version"] = Version,
        ["id"] = Id,
        ["format"] = Format,
        ["issuer"] = Issuer,
        ["configuration"] = Configuration,
        ["received"] = Received.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["binding"] = Binding,
        ["verified"] = IsVerified,
        ["key"] = JsonNode.Parse(Key.GetRawText()),
        ["credential"] = Credential,
    }.ToJsonString(Readable));

    /// <summary>Reads a file's text; null for any other file.</summary>
    public static WalletEntry? Read(byte[] utf8)
    {
        if (StrictJson.Parse(utf8) is not { Ok: true, Value: { } document })
        {
            return null;
        }

        using (document)
        {
            JsonElement json = document.RootElement;
            return json.ValueKind == JsonValueKind.Object
                && json.TryGetProperty("version", out JsonElement version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out int number) && number == Version
                && json.TryGetProperty("key", out JsonElement key) && key.ValueKind == JsonValueKind.Object
                && Text(json, "id") is { } id && Text(json, "format") is { } format && Text(json, "credential") is { } credential
                && Text(json, "issuer") is { } issuer && Text(json, "configuration") is { } configuration && Text(json, "binding") is { } binding
                && DateTimeOffset.TryParse(Text(json, "received"), System.Globalization.CultureInfo.InvariantCulture, out DateTimeOffset received)
                    ? new(id, format, credential) { Issuer = issuer, Configuration = configuration, Binding = binding, Key = key.Clone(), Received = received, IsVerified = json.TryGetProperty("verified", out JsonElement verified) && verified.ValueKind == JsonValueKind.True }
                    : null;
        }
    }

    private static JsonSerializerOptions Readable { get; } = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
