using System.Text.Json;
using Credentials.DataModel;
using Credentials.DcSdJwt;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.OpenId.Examples;

/// <summary>Credentials and presentations among the examples. What is printed as a payload is signed here first, by a key of ours.</summary>
internal static class CredentialExamples
{
    private const string Presented = "OpenID4VP/examples/sd_jwt_vcld/01/sd_jwt_presentation.txt";
    private const string Audience = "https://verifier.example.org";
    private const string Nonce = "1234567890";

    private static readonly DateTimeOffset When = DateTimeOffset.FromUnixTimeSeconds(1744743394);

    public static async Task<Problem?> OpenJwtAsync(string payload, string form)
    {
        using var key = SigningKey.Generate(KeyType.P256);
        string jwt = (await Jwt.SignAsync(System.Text.Encoding.UTF8.GetBytes(payload), key, new("JWT") { KeyId = "did:example:123#1" }, default)).Value!;
        Parsed<Envelope> opened = Envelope.Open(Ascii(jwt));
        return !opened.Ok ? opened.Problem : opened.Value.Form == form ? opened.Value.Verify(key.PublicKey) : Differs(opened.Value.Form);
    }

    public static async Task<Problem?> OpenSdJwtVcAsync(string payload)
    {
        using var key = SigningKey.Generate(KeyType.P256);
        string jwt = (await Jwt.SignAsync(System.Text.Encoding.UTF8.GetBytes(payload), key, new(SdJwtVc.FormatName), default)).Value!;
        Parsed<SdJwtVc> opened = SdJwtVc.Open(Ascii(jwt + "~"));
        return opened.Ok ? opened.Value.Verify(key.PublicKey) : opened.Problem;
    }

    public static async Task<Problem?> IssueSdJwtVcAsync(string claims)
    {
        using var key = SigningKey.Generate(KeyType.P256);
        string issued = claims.Insert(claims.IndexOf('{', StringComparison.Ordinal) + 1, "\"iss\":\"https://issuer.example.com\",");
        Parsed<byte[]> sdJwt = await SdJwtVc.IssueAsync(System.Text.Encoding.UTF8.GetBytes(issued), key, new("did:web:issuer.example.com#key"), default);
        return sdJwt.Ok ? SdJwtVc.Open(sdJwt.Value).Problem : sdJwt.Problem;
    }

    public static async Task<Problem?> OpenKeyBindingAsync(string payload)
    {
        using var key = SigningKey.Generate(KeyType.P256);
        string bound = (await Jwt.SignAsync(System.Text.Encoding.UTF8.GetBytes(payload), key, new("kb+jwt"), default)).Value!;
        string issued = System.Text.Encoding.ASCII.GetString(SdJwtVc.Open(Ascii(Body("sd_jwt_issuance.txt"))).Value!.Secured.Span);
        return SdJwtVc.Open(Ascii(issued + bound)).Problem;
    }

    public static Problem? OpenSdJwtVc(string text) => SdJwtVc.Open(Ascii(text)).Problem;

    public static Problem? CheckCredential(string text) => VerifiableCredential.Parse(System.Text.Encoding.UTF8.GetBytes(text)).Problem;

    public static Problem? CheckPresentation(string text) => VerifiablePresentation.Parse(System.Text.Encoding.UTF8.GetBytes(text)).Problem;

    /// <summary>Opened, and verified under the issuer's key of the example's settings.</summary>
    public static Problem? CheckIssued(string text)
    {
        Parsed<SdJwtVc> opened = SdJwtVc.Open(Ascii(text));
        return opened.Ok ? opened.Value.Verify(KeyOf("issuer_keys")) : opened.Problem;
    }

    /// <summary>Verified to the last: the issuer's signature, the holder's, audience, nonce and digest.</summary>
    public static Problem? CheckPresented(string text)
    {
        Parsed<SdJwtVc> opened = SdJwtVc.Open(Ascii(text));
        return !opened.Ok ? opened.Problem
            : opened.Value.Verify(KeyOf("issuer_keys"))
                ?? (opened.Value.KeyBinding is { } binding ? binding.Verify(KeyOf("holder_key"), new(Audience, Nonce, When)) : Differs("no key binding"));
    }

    public static Problem? CheckKeyBinding(string text)
    {
        Parsed<Jwt> jwt = Jwt.Read(text);
        return !jwt.Ok ? jwt.Problem : jwt.Value.Type == "kb+jwt" ? jwt.Value.Verify(KeyOf("holder_key")) : Differs("typ");
    }

    public static Problem? IsKeyBindingHeader(JsonElement json) => JsonElement.DeepEquals(json, Binding().Header) ? null : Differs("header");

    public static Problem? IsKeyBindingPayload(JsonElement json) => JsonElement.DeepEquals(json, Binding().Payload) ? null : Differs("payload");

    public static Problem? IsWhatWasPresented(JsonElement json) =>
        JsonElement.DeepEquals(json, SdJwtVc.Open(Ascii(SpecificationExample.Named(Presented).Body)).Value!.ClaimSet) ? null : Differs("claims");

    private static Jwt Binding() => Jwt.Read(Body("kb_jwt_serialized.txt")).Value!;

    private static string Body(string name) => SpecificationExample.Named("OpenID4VP/examples/sd_jwt_vcld/01/" + name).Body;

    // The settings are YAML; the keys stand in it one member to a line.
    private static PublicKey KeyOf(string name)
    {
        string settings = SpecificationExample.Named("OpenID4VP/examples/sd_jwt_vcld/settings.yml").Text;
        string[] lines = settings[settings.IndexOf(name, StringComparison.Ordinal)..].Split('\n');
        string Member(string member) => lines.First(line => line.TrimStart(' ', '-').StartsWith(member + ": ", StringComparison.Ordinal)).Split(": ")[1].Trim();
        return JsonWebKey.Read(ExampleRow.JsonOf($$"""{"kty":"EC","crv":"P-256","x":"{{Member("x")}}","y":"{{Member("y")}}"}""")).Value!;
    }

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    private static Problem Differs(string what) => new("DIFFERS", $"Not as in the example: {what}.");
}
