using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.DcSdJwt;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.Status;
using Credentials.TestKit;

namespace Credentials.Tests.Interop;

/// <summary>Our SD-JWT VCs and status lists read by others, and theirs by us.</summary>
public sealed class ForeignSdJwtVcTests : IDisposable
{
    private const string Claims = """{"iss":"https://uni.example","vct":"urn:credentials:diploma:v1","eqf_level":7,"name":"Salma","status":{"status_list":{"idx":7,"uri":"https://uni.example/l"}}}""";

    private static readonly DateTimeOffset Now = Samples.Time;

    private readonly SigningKey _key = SigningKey.Generate(KeyType.P256);
    private readonly SigningKey _holder = SigningKey.Generate(KeyType.P256);

    [InteropFact]
    public async Task Others_verify_our_SD_JWT_VC_with_its_key_binding_and_our_status_list()
    {
        JsonElement answer = await ForeignEnvelopes.AnswerAsync(await VerifyTaskAsync(TokenStatusList.Valid));
        Assert.Equal(7, answer.GetProperty("payload").GetProperty("eqf_level").GetInt32());
        Assert.False(answer.GetProperty("payload").TryGetProperty("name", out _));
        Assert.Equal("dc+sd-jwt", answer.GetProperty("header").GetProperty("typ").GetString());
        Assert.Equal("n-0S6", answer.GetProperty("kb").GetProperty("payload").GetProperty("nonce").GetString());
    }

    [InteropTheory]
    [InlineData(TokenStatusList.Invalid)]
    [InlineData(TokenStatusList.Suspended)]
    public async Task Others_refuse_our_SD_JWT_VC_when_our_status_list_withdraws_it(byte status) =>
        Assert.True((await ForeignEnvelopes.RunAsync(await VerifyTaskAsync(status)))[0].TryGetProperty("error", out _));

    [InteropFact]
    public async Task We_open_the_SD_JWT_VCs_of_others_and_refuse_them_under_another_key()
    {
        JsonElement answer = await ForeignEnvelopes.AnswerAsync(new()
        {
            ["do"] = "issue sd-jwt vc",
            ["key"] = ForeignEnvelopes.Jwk(_key),
            ["header"] = new JsonObject { ["kid"] = "did:web:uni.example#k" },
            ["payload"] = JsonNode.Parse(Claims),
            ["frame"] = new JsonObject { ["_sd"] = new JsonArray("eqf_level", "name") },
        });

        SdJwtVc credential = SdJwtVc.Open(Utf8.Bytes(answer.GetString()!)).Require();
        Assert.Null(credential.Verify(_key.PublicKey));
        Assert.NotNull(credential.Verify(_holder.PublicKey));
        Assert.Equal(["/eqf_level", "/name"], credential.DisclosedPointers.Order(StringComparer.Ordinal));
    }

    [InteropTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public async Task Status_lists_of_ours_and_of_others_say_the_same(int bits)
    {
        int[] statuses = [.. Enumerable.Range(0, 64).Select(i => i * 7 % (1 << bits))];
        var list = new TokenStatusList(statuses.Length, bits);
        for (int i = 0; i < statuses.Length; i++)
        {
            list[i] = (byte)statuses[i];
        }

        JsonElement read = await ForeignEnvelopes.AnswerAsync(new() { ["do"] = "read status list", ["secured"] = await ListAsync(list), ["indices"] = new JsonArray([.. Enumerable.Range(0, statuses.Length).Select(i => (JsonNode)i)]) });
        Assert.Equal(statuses, read.EnumerateArray().Select(status => status.GetInt32()));

        JsonElement theirs = await ForeignEnvelopes.AnswerAsync(new()
        {
            ["do"] = "sign status list",
            ["key"] = ForeignEnvelopes.Jwk(_key),
            ["statuses"] = new JsonArray([.. statuses.Select(status => (JsonNode)status)]),
            ["bits"] = bits,
            ["payload"] = new JsonObject { ["iss"] = "https://uni.example", ["sub"] = "https://uni.example/l", ["iat"] = Now.ToUnixTimeSeconds() },
        });
        StatusListToken token = StatusListToken.Open(Utf8.Bytes(theirs.GetString()!)).Require();
        Assert.Null(token.Verify(_key.PublicKey));
        Assert.Equal(statuses, Enumerable.Range(0, statuses.Length).Select(i => (int)token.Claims.List[i]));
    }

    public void Dispose()
    {
        _key.Dispose();
        _holder.Dispose();
    }

    private async Task<JsonObject> VerifyTaskAsync(byte status)
    {
        byte[] issued = (await SdJwtVc.IssueAsync(Utf8.Bytes(Claims), _key, new("did:web:uni.example#k") { Frame = new(["/eqf_level", "/name"]), HolderKey = _holder.PublicKey }, CancellationToken.None)).Require();
        byte[] shown = SdJwtVc.Open(issued).Require().Present(["/eqf_level"]).Require();
        byte[] bound = (await SdJwt.BindAsync(shown, _holder, "x509_san_dns:employer.example", "n-0S6", Now, CancellationToken.None)).Require();
        return new()
        {
            ["do"] = "verify sd-jwt vc",
            ["secured"] = Utf8.Text(bound),
            ["issuer"] = ForeignEnvelopes.Jwk(_key.PublicKey),
            ["list"] = await ListAsync(new TokenStatusList(64, 2) { [7] = status }),
            ["nonce"] = "n-0S6",
            ["now"] = Now.ToUnixTimeSeconds(),
        };
    }

    private async Task<string> ListAsync(TokenStatusList list) =>
        Utf8.Text((await StatusListToken.SignJwtAsync(new("https://uni.example/l", Now, list) { Expires = Now.AddDays(1) }, _key, "did:web:uni.example#k", [], CancellationToken.None)).Require());
}
