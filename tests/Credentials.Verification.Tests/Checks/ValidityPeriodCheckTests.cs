using System.Text.Json.Nodes;
using Credentials.DataIntegrity;
using Credentials.Dids.Methods;
using Credentials.Keys;
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

    [Fact]
    public async Task Verifies_where_the_issuers_own_proof_stands_though_a_co_signers_is_over_and_tells_it()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using SigningKey ministry = SigningKey.Generate(KeyType.P256);
        byte[] signed = await SignWithExpiryAsync(world, "2026-10-15T10:00:00Z");
        byte[] cosigned = await SignAsync(signed, ministry, DidKey.MethodOf(ministry.PublicKey), "2026-09-15T10:00:00Z");
        VerificationResult result = await world.VerifyAsync(cosigned);

        result.IsVerified();
        Assert.Contains("until 2026-09-15 10:00 UTC", result[CheckName.ValidityPeriod].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejects_where_only_a_co_signers_proof_still_stands()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using SigningKey ministry = SigningKey.Generate(KeyType.P256);
        byte[] signed = await SignWithExpiryAsync(world, "2026-09-15T10:00:00Z");

        (await world.VerifyAsync(await SignAsync(signed, ministry, DidKey.MethodOf(ministry.PublicKey), null))).IsRejected(CheckName.ValidityPeriod, ProblemCode.CredentialExpired);
    }

    [Fact]
    public async Task Rejects_where_the_proof_that_stands_is_of_a_revoked_key_and_the_good_keys_proof_is_over()
    {
        using TestWorld world = await TestWorld.CreateAsync(p256Revoked: Samples.Time - TimeSpan.FromDays(1));
        byte[] text = Text.Edit(Samples.Diploma("brazil"), json => json["issuer"] = world.Issuer.Did);
        byte[] good = (await DataIntegritySuite.SignAsync(text, Cryptosuite.Find("eddsa-jcs-2022")!, world.Issuer.Ed25519, new ProofOptions(world.Issuer.Did + "#ed25519", Samples.Time) { Expires = Samples.Time }, CancellationToken.None)).Require();

        (await world.VerifyAsync(await SignAsync(good, world.Issuer.P256, world.Issuer.Did + "#p256", null))).IsRejected(CheckName.Issuer, ProblemCode.KeyNotValid);
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

    private static Task<byte[]> SignWithExpiryAsync(TestWorld world, string expires) =>
        SignAsync(Text.Edit(Samples.Diploma("brazil"), json => json["issuer"] = world.Issuer.Did), world.Issuer.P256, world.Issuer.Did + "#p256", expires);

    private static async Task<byte[]> SignAsync(byte[] text, SigningKey key, string method, string? expires) => (await DataIntegritySuite.SignAsync(
        text,
        Cryptosuite.Find("ecdsa-jcs-2019")!,
        key,
        new ProofOptions(method, Samples.Time) { Expires = expires is null ? null : DateTimeOffset.Parse(expires, System.Globalization.CultureInfo.InvariantCulture) },
        CancellationToken.None)).Require();
}
