using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Tests.Enveloping;

namespace Credentials.Tests.Interop;

/// <summary>Our envelopes opened by others, and theirs by us.</summary>
public class ForeignEnvelopeTests
{
    private const string Claims = """{"issuer":"did:web:issuer.example","given":"Ada","address":{"street":"1 Rue","country":"MA"},"nationalities":["MA","FR"]}""";

    private static readonly DateTimeOffset Now = Samples.Time;

    public static TheoryData<KeyType> KeyTypes => Registry.KeyTypes;

    [InteropTheory]
    [MemberData(nameof(KeyTypes))]
    public async Task Others_open_our_JWTs_and_refuse_them_altered(KeyType type)
    {
        byte[] secured = Sealed.Make("vc+jwt", type);
        JsonObject Task(byte[] text) => new() { ["do"] = "verify jws", ["secured"] = Utf8.Text(text), ["key"] = ForeignEnvelopes.Jwk(Sealed.Key(type).PublicKey) };

        IReadOnlyList<JsonElement> answers = await ForeignEnvelopes.RunAsync(Task(secured), Task(Jose.Forge.WithPart(secured, 1, "{}"u8.ToArray())));

        JsonElement answer = answers[0].GetProperty("answer");
        Assert.Equal(Utf8.Text(Sealed.Credential), answer.GetProperty("payload").GetString());
        Assert.Equal("vc+jwt", answer.GetProperty("header").GetProperty("typ").GetString());
        Assert.Equal("vc", answer.GetProperty("header").GetProperty("cty").GetString());
        Assert.Equal(Sealed.Method, answer.GetProperty("header").GetProperty("kid").GetString());
        Assert.True(answers[1].TryGetProperty("error", out _));
    }

    [InteropTheory]
    [MemberData(nameof(KeyTypes))]
    public async Task We_open_the_JWTs_of_others(KeyType type)
    {
        using SigningKey key = SigningKey.Generate(type);

        JsonElement answer = await ForeignEnvelopes.AnswerAsync(new()
        {
            ["do"] = "sign jws",
            ["key"] = ForeignEnvelopes.Jwk(key),
            ["header"] = new JsonObject { ["typ"] = "vc+jwt", ["kid"] = Sealed.Method },
            ["payload"] = Utf8.Text(Sealed.Credential),
        });

        Envelope envelope = Sealed.Open(Utf8.Bytes(answer.GetString()!));
        Assert.Null(envelope.Verify(key.PublicKey));
        Assert.Equal(Sealed.Credential, envelope.Payload.ToArray());
    }

    [InteropTheory]
    [MemberData(nameof(KeyTypes))]
    public async Task Others_open_our_COSE_and_refuse_it_altered(KeyType type)
    {
        byte[] secured = Sealed.Make("vc+cose", type);
        byte[] altered = [.. secured];
        altered[^1] ^= 1;
        JsonObject Task(byte[] bytes) => new() { ["do"] = "verify cose", ["secured"] = Convert.ToBase64String(bytes), ["key"] = ForeignEnvelopes.Jwk(Sealed.Key(type).PublicKey) };

        IReadOnlyList<JsonElement> answers = await ForeignEnvelopes.RunAsync(Task(secured), Task(altered));

        Assert.Equal(Utf8.Text(Sealed.Credential), answers[0].GetProperty("answer").GetProperty("payload").GetString());
        Assert.True(answers[1].TryGetProperty("error", out _));
    }

    [InteropTheory]
    [MemberData(nameof(KeyTypes))]
    public async Task We_open_the_COSE_of_others(KeyType type)
    {
        using SigningKey key = SigningKey.Generate(type);

        JsonElement answer = await ForeignEnvelopes.AnswerAsync(new() { ["do"] = "sign cose", ["key"] = ForeignEnvelopes.Jwk(key), ["type"] = "application/vc+cose", ["payload"] = Utf8.Text(Sealed.Credential) });

        Envelope envelope = Sealed.Open(Convert.FromBase64String(answer.GetString()!));
        Assert.Null(envelope.Verify(key.PublicKey));
        Assert.Equal(Sealed.Credential, envelope.Payload.ToArray());
    }

    [InteropTheory]
    [MemberData(nameof(KeyTypes))]
    public async Task Others_open_our_SD_JWTs_whole_in_part_and_bound(KeyType type)
    {
        using SigningKey issuer = SigningKey.Generate(type);
        using SigningKey holder = SigningKey.Generate(KeyType.P256);
        var options = new SdJwtOptions("vc+sd-jwt", Sealed.Method) { Frame = new(["/given", "/address", "/address/street", "/nationalities/1"]) { Decoys = 2 }, HolderKey = holder.PublicKey };
        byte[] whole = (await SdJwt.IssueAsync(Utf8.Bytes(Claims), issuer, options, CancellationToken.None)).Require();
        byte[] part = SdJwt.Open(whole).Require().Present(["/address/street", "/nationalities/1"]).Require();
        byte[] bound = (await SdJwt.BindAsync(part, holder, "verifier", "nonce", Now, CancellationToken.None)).Require();
        JsonObject Task(byte[] text, string? nonce = null) => new()
        {
            ["do"] = "verify sd-jwt",
            ["secured"] = Utf8.Text(text),
            ["issuer"] = ForeignEnvelopes.Jwk(issuer.PublicKey),
            ["nonce"] = nonce,
            ["now"] = Now.ToUnixTimeSeconds(),
        };

        IReadOnlyList<JsonElement> answers = await ForeignEnvelopes.RunAsync(Task(whole), Task(part), Task(bound, "nonce"), Task(bound, "another"), Task(Utf8.Bytes(Utf8.Text(bound).Replace('~' + Utf8.Text(part).Split('~')[1], "", StringComparison.Ordinal)), "nonce"));

        AssertSame(Claims, answers[0].GetProperty("answer").GetProperty("payload"));
        AssertSame("""{"issuer":"did:web:issuer.example","address":{"street":"1 Rue","country":"MA"},"nationalities":["MA","FR"]}""", answers[1].GetProperty("answer").GetProperty("payload"));
        Assert.Equal("verifier", answers[2].GetProperty("answer").GetProperty("kb").GetProperty("payload").GetProperty("aud").GetString());
        Assert.All(answers.Skip(3), answer => Assert.True(answer.TryGetProperty("error", out _)));
    }

    [InteropFact]
    public async Task We_open_the_SD_JWTs_of_others_whole_in_part_and_bound()
    {
        using SigningKey issuer = SigningKey.Generate(KeyType.P256);
        using SigningKey holder = SigningKey.Generate(KeyType.P256);
        JsonObject payload = JsonNode.Parse(Claims)!.AsObject();
        payload["cnf"] = new JsonObject { ["jwk"] = ForeignEnvelopes.Jwk(holder.PublicKey) };
        string whole = (await ForeignEnvelopes.AnswerAsync(new()
        {
            ["do"] = "issue sd-jwt",
            ["key"] = ForeignEnvelopes.Jwk(issuer),
            ["header"] = new JsonObject { ["typ"] = "vc+sd-jwt", ["kid"] = Sealed.Method },
            ["payload"] = payload,
            ["frame"] = JsonNode.Parse("""{"_sd":["given","address"],"_sd_decoy":3,"address":{"_sd":["street"]},"nationalities":{"_sd":[0,1]}}"""),
        })).GetString()!;
        string bound = (await ForeignEnvelopes.AnswerAsync(new()
        {
            ["do"] = "present sd-jwt",
            ["secured"] = whole,
            ["holder"] = ForeignEnvelopes.Jwk(holder),
            ["frame"] = JsonNode.Parse("""{"address":{"street":true},"nationalities":{"1":true}}"""),
            ["binding"] = new JsonObject { ["iat"] = Now.ToUnixTimeSeconds(), ["aud"] = "verifier", ["nonce"] = "nonce" },
        })).GetString()!;

        Envelope opened = Sealed.Open(Utf8.Bytes(whole));
        Assert.Null(opened.Verify(issuer.PublicKey));
        AssertSame(Claims, JsonDocument.Parse(opened.Payload).RootElement);

        Envelope shown = Sealed.Open(Utf8.Bytes(bound));
        Assert.Null(shown.Verify(issuer.PublicKey));
        AssertSame("""{"issuer":"did:web:issuer.example","address":{"street":"1 Rue","country":"MA"},"nationalities":["FR"]}""", JsonDocument.Parse(shown.Payload).RootElement);
        Assert.Null(shown.KeyBinding!.Verify(shown.Confirmation!.Key!, new("verifier", "nonce", Now)));
        Assert.NotNull(shown.KeyBinding.Verify(shown.Confirmation.Key!, new("verifier", "another", Now)));
    }

    private static void AssertSame(string expected, JsonElement actual)
    {
        JsonObject node = JsonNode.Parse(actual.GetRawText())!.AsObject();
        node.Remove("cnf");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), node), node.ToJsonString());
    }
}
