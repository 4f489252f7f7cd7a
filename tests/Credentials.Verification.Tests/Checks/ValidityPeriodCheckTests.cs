using System.Text.Json.Nodes;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Checks;

public sealed class ValidityPeriodCheckTests
{
    // The clock of these tests stands at 2026-09-15T11:00:00Z.
    [Theory]
    [InlineData("2026-09-15T11:03:00Z", null, ProblemCode.CredentialNotYetValid, "2026-09-15 11:03 UTC")]
    [InlineData("2030-01-01T00:00:00+09:00", null, ProblemCode.CredentialNotYetValid, "2029-12-31 15:00 UTC")]
    [InlineData(null, "2026-09-15T10:59:59Z", ProblemCode.CredentialExpired, "2026-09-15 10:59 UTC")]
    [InlineData("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z", ProblemCode.CredentialExpired, "2021-01-01 00:00 UTC")]
    public async Task Rejects_outside_of_the_period_and_says_the_date(string? from, string? until, string code, string date)
    {
        VerificationResult result = await VerifyAsync(from, until);

        result.IsRejected(CheckName.ValidityPeriod, code);
        Assert.Contains(date, result.Decisive!.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("2026-09-15T11:00:00Z", null)]
    [InlineData("2026-09-15T11:01:59Z", null)]
    [InlineData(null, "2026-09-15T11:00:00Z")]
    [InlineData("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    public async Task Verifies_within_the_period(string? from, string? until) => (await VerifyAsync(from, until)).IsVerified();

    [Fact]
    public async Task Rejects_a_proof_that_has_expired()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] signed = await SignWithExpiryAsync(world, "2026-09-15T10:00:00Z");

        (await world.VerifyAsync(signed)).IsRejected(CheckName.ValidityPeriod, ProblemCode.CredentialExpired);
    }

    [Fact]
    public async Task Verifies_a_proof_that_expires_later()
    {
        using TestWorld world = await TestWorld.CreateAsync();

        (await world.VerifyAsync(await SignWithExpiryAsync(world, "2026-10-15T10:00:00Z"))).IsVerified();
    }

    private static async Task<VerificationResult> VerifyAsync(string? from, string? until)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] text = Text.Edit(Samples.Diploma("brazil"), json =>
        {
            json["issuer"] = world.Issuer.Did;
            Set(json, "validFrom", from);
            Set(json, "validUntil", until);
        });
        return await world.VerifyAsync(await world.Issuer.SignAsync(text));
    }

    private static void Set(JsonObject json, string member, string? value)
    {
        json.Remove(member);
        if (value is not null)
        {
            json[member] = value;
        }
    }

    /// <summary>Signs by hand, so that the expiry may be of any shape.</summary>
    private static async Task<byte[]> SignWithExpiryAsync(TestWorld world, string expires)
    {
        byte[] text = Text.Edit(Samples.Diploma("brazil"), json => json["issuer"] = world.Issuer.Did);
        byte[] signed = await world.Issuer.SignAsync(text);
        using var document = System.Text.Json.JsonDocument.Parse(Text.Edit(signed, json => json["proof"]!["expires"] = expires));
        byte[] hash = [.. HashOf(document.RootElement.GetProperty("proof"), "proofValue"), .. HashOf(document.RootElement, "proof")];
        return Text.Edit(signed, json =>
        {
            json["proof"]!["expires"] = expires;
            json["proof"]!["proofValue"] = Encoding.Multibase.EncodeBase58Btc(world.Issuer.P256.Sign(hash));
        });
    }

    private static byte[] HashOf(System.Text.Json.JsonElement json, string exceptMember)
    {
        var canonical = new System.Buffers.ArrayBufferWriter<byte>();
        Canonicalization.Jcs.Write(canonical, json, exceptMember);
        return System.Security.Cryptography.SHA256.HashData(canonical.WrittenSpan);
    }
}
