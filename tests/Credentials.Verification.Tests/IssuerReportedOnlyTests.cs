using System.Text.Json;
using Credentials.Keys;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests;

/// <summary>The switch under which anybody may sign in anybody's name: for test vectors, and ugly on purpose.</summary>
public sealed class IssuerReportedOnlyTests
{
    private static readonly VerificationPolicy Unsafe = VerificationPolicy.Default.WithIssuerReportedOnlyUnsafe();

    [Fact]
    public async Task Says_that_the_issuer_is_another_and_decides_without_it()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] strangers = await SignAsStrangerAsync(world);
        (await world.VerifyAsync(strangers)).IsRejected(CheckName.Issuer, ProblemCode.IssuerMismatch);

        VerificationResult result = await world.VerifyAsync(strangers, Unsafe);
        result.IsVerified();
        result.Is(CheckName.Issuer, CheckOutcome.Failed, ProblemCode.IssuerMismatch);
        result.Is(CheckName.ValidityPeriod, CheckOutcome.Passed);
        result.Is(CheckName.Status, CheckOutcome.Passed);
        Assert.Contains("without issuer", result.Policy, StringComparison.Ordinal);

        JsonElement json = JsonDocument.Parse(VerificationResultJson.ToUtf8(result)).RootElement;
        Assert.Empty(json.GetProperty("problemDetails").EnumerateArray());
        Assert.Equal("issuer", Assert.Single(json.GetProperty("warnings").EnumerateArray()).GetProperty("check").GetString());
        Assert.False(json.TryGetProperty("issuer", out _));
    }

    [Theory]
    [InlineData("https://university.example/issuers/14")]
    [InlineData("did:example:university")]
    public async Task Takes_an_issuer_to_whom_no_key_can_be_tied(string issuer)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] strangers = await SignAsStrangerAsync(world, issuer);

        Assert.Equal(Verdict.Indeterminate, (await world.VerifyAsync(strangers)).Verdict);
        (await world.VerifyAsync(strangers, Unsafe)).IsVerified();
    }

    [Fact]
    public async Task Still_rejects_what_was_altered()
    {
        using TestWorld world = await TestWorld.CreateAsync();

        (await world.VerifyAsync(Text.Replace(await SignAsStrangerAsync(world), "8.74", "9.74"), Unsafe)).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
    }

    [Fact]
    public async Task Still_rejects_what_is_over()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        world.Clock.Now += TimeSpan.FromDays(1);

        (await world.VerifyAsync(await SignAsStrangerAsync(world, until: "2026-09-15T12:00:00Z"), Unsafe)).IsRejected(CheckName.ValidityPeriod, ProblemCode.CredentialExpired);
    }

    [Fact]
    public async Task Does_not_believe_a_strangers_status_list_for_it()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] strangers = await SignAsStrangerAsync(world, "did:example:university", status: true);

        (await world.VerifyAsync(strangers, Unsafe)).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);
    }

    private static async Task<byte[]> SignAsStrangerAsync(TestWorld world, string? issuer = null, string? until = null, bool status = false)
    {
        using SigningKey stranger = SigningKey.Generate(KeyType.P256);
        byte[] text = Text.Edit(world.Issuer.Prepare("brazil").Text, json =>
        {
            json["issuer"] = issuer ?? world.Issuer.Did;
            json["credentialStatus"]!.AsArray().RemoveAt(2);
            if (issuer is not null && !status)
            {
                json.Remove("credentialStatus");
            }

            if (until is not null)
            {
                json["validUntil"] = until;
            }
        });
        return await FormWorld.SecureAsync("ecdsa-jcs-2019", text, stranger, Dids.Methods.DidKey.MethodOf(stranger.PublicKey));
    }
}
