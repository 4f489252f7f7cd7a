using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Cli.Wallet;

namespace Credentials.Cli.Output;

/// <summary>What the wallet commands print as JSON. Keys are never among it.</summary>
internal static class WalletText
{
    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An entry without its key.</summary>
    public static JsonNode Of(WalletEntry entry) => new JsonObject
    {
        ["id"] = entry.Id,
        ["format"] = entry.Format,
        ["issuer"] = entry.Issuer,
        ["configuration"] = entry.Configuration,
        ["received"] = entry.Received.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["binding"] = entry.Binding,
        ["verified"] = entry.IsVerified,
        ["credential"] = entry.Format == OpenId.CredentialFormat.LdpVc ? JsonNode.Parse(entry.Credential) : entry.Credential,
    };

    /// <summary>The text.</summary>
    public static string Write(JsonObject json) => json.ToJsonString(s_readable);
}
