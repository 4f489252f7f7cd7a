using System.Text.Json;
using Credentials.Encoding;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.OpenId.Presentation.Dcql;

namespace Credentials.OpenId.Wallet.Presenting;

/// <summary>A held credential as a query sees it.</summary>
internal static class HeldCredentialView
{
    /// <summary>The view; a problem for a credential that cannot be read.</summary>
    public static Parsed<DcqlCredential> Of(HeldCredential held) => held.Format switch
    {
        CredentialFormat.SdJwtVc => OfSdJwt(held),
        CredentialFormat.LdpVc => OfJson(held, System.Text.Encoding.UTF8.GetBytes(held.Credential)),
        CredentialFormat.VcJwt => Envelope.Open(Ascii(held.Credential), "application/vc+jwt") is { Ok: true, Value: { } envelope } ? OfJson(held, envelope.Payload) : Unreadable(held),
        CredentialFormat.JwtVcJson => OfClaim(held),
        _ => Unreadable(held),
    };

    private static Parsed<DcqlCredential> OfSdJwt(HeldCredential held)
    {
        Parsed<SdJwt> opened = SdJwt.Open(Ascii(held.Credential));
        return opened.Ok ? DcqlCredential.Of(held.Id, opened.Value, opened.Value.Confirmation?.Key?.Equals(held.Key.Signer.PublicKey) == true) : opened.Problem;
    }

    private static Parsed<DcqlCredential> OfClaim(HeldCredential held)
    {
        Parsed<Jwt> jwt = Jwt.Read(held.Credential);
        return !jwt.Ok ? jwt.Problem
            : jwt.Value.Payload.TryGetProperty("vc", out JsonElement credential) && credential.ValueKind == JsonValueKind.Object ? OfW3C(held, credential, TextOf(jwt.Value.Payload, "sub"))
            : Unreadable(held);
    }

    private static Parsed<DcqlCredential> OfJson(HeldCredential held, ReadOnlyMemory<byte> text)
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(text);
        if (!parsed.Ok)
        {
            return parsed.Problem;
        }

        using JsonDocument document = parsed.Value;
        return document.RootElement.ValueKind == JsonValueKind.Object ? OfW3C(held, document.RootElement.Clone(), null) : Unreadable(held);
    }

    // Bound to the holder when its subject is the holder, under the name that the wallet gave to the issuer.
    private static DcqlCredential OfW3C(HeldCredential held, JsonElement credential, string? subject)
    {
        JsonElement about = credential.TryGetProperty("credentialSubject", out JsonElement one) ? one : default;
        IEnumerable<JsonElement> subjects = about.ValueKind == JsonValueKind.Array ? about.EnumerateArray() : [about];
        bool isBound = subject == held.Key.Did || subjects.Any(each => TextOf(each, "id") == held.Key.Did);
        return DcqlCredential.Of(held.Id, held.Format, credential, isBound);
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    private static Problem Unreadable(HeldCredential held) => new(WalletProblem.WrongCredential, $"The credential {held.Id} cannot be read as {held.Format}.");
}
