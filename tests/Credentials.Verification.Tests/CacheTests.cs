using Credentials.TestKit;
using Credentials.Verification.Evidence;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests;

/// <summary>What is kept is kept for a while, and never passes for newer than it is.</summary>
public sealed class CacheTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Fetches_DID_document_and_lists_once_for_many_diplomas()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        CredentialVerifier verifier = world.Verifier();
        for (int i = 0; i < 5; i++)
        {
            (await verifier.VerifyAsync((await world.IssueAsync()).Text, CancellationToken.None)).IsVerified();
        }

        Assert.Equal(3, world.Web.Fetches);
    }

    [Fact]
    public async Task Sees_a_revocation_once_the_lists_time_to_live_is_over()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        CredentialVerifier verifier = world.Verifier();
        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).IsVerified();
        world.Issuer.Revocations[diploma.Bare.StatusListIndex] = true;
        await world.PublishStatusAsync();

        world.Clock.Now += 4 * Minute;
        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).IsVerified();
        world.Clock.Now += Minute;
        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Fact]
    public async Task Gives_nothing_out_of_the_cache_when_the_host_is_down_and_the_time_is_over()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        CredentialVerifier verifier = world.Verifier();
        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).IsVerified();
        world.Web.Break(world.RevocationUrl, "connection refused");
        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).IsVerified();
        world.Clock.Now += 5 * Minute;
        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).CannotTell(CheckName.Status, ProblemCode.StatusRetrievalError);

        world.Web.Break(world.DidUrl, "connection refused");
        world.Clock.Now += 5 * Minute;
        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
    }

    [Fact]
    public async Task A_kept_list_expires_all_the_same()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        await world.PublishStatusAsync(3 * Minute);
        SampleAnchored diploma = await world.IssueAsync();
        CredentialVerifier verifier = world.Verifier();
        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).IsVerified();
        world.Clock.Now += 4 * Minute;

        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);
    }

    [Fact]
    public async Task Keeps_no_failure()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        CredentialVerifier verifier = world.Verifier();
        world.Web.Break(world.DidUrl, "connection refused");
        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
        world.Web.Put(world.DidUrl, world.Issuer.DocumentText);

        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).IsVerified();
    }

    [Fact]
    public async Task Looks_again_for_a_key_that_is_newer_than_the_kept_document()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        CredentialVerifier verifier = world.Verifier();
        SampleAnchored diploma = await world.IssueAsync("brazil", "eddsa-jcs-2022");
        byte[] older = Text.Edit(world.Issuer.DocumentText, json =>
        {
            json["verificationMethod"]!.AsArray().RemoveAt(1);
            json["assertionMethod"]!.AsArray().RemoveAt(1);
        });
        world.Web.Put(world.DidUrl, older);
        (await verifier.VerifyAsync((await world.IssueAsync()).Text, CancellationToken.None)).Is(CheckName.Proof, CheckOutcome.Passed);
        world.Web.Put(world.DidUrl, world.Issuer.DocumentText);

        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).IsVerified();
    }

    [Fact]
    public async Task Looks_again_before_it_rejects_by_a_key_that_was_kept()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        CredentialVerifier verifier = world.Verifier();
        (await verifier.VerifyAsync((await world.IssueAsync()).Text, CancellationToken.None)).IsVerified();

        // The institution has put a new key in the place of the old one, under the same id.
        using var renewed = new SampleIssuer("renewed")
        {
            Did = world.Issuer.Did,
            StatusBaseUrl = world.Issuer.StatusBaseUrl,
            Registry = world.Issuer.Registry,
            Institution = world.Issuer.Institution,
        };
        world.Web.Put(world.DidUrl, renewed.DocumentText);
        SampleAnchored diploma = await renewed.IssueAnchoredAsync();
        Assert.True(await world.AnchorAsync(diploma.Receipt.Root));

        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).IsVerified();
    }

    [Fact]
    public async Task Rejects_a_forgery_by_a_key_that_was_kept_after_one_more_look()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        CredentialVerifier verifier = world.Verifier();
        SampleAnchored diploma = await world.IssueAsync();
        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).IsVerified();
        byte[] forged = Text.Replace(diploma.Text, "8.74", "9.74");
        int before = world.Web.Fetches;

        (await verifier.VerifyAsync(forged, CancellationToken.None)).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
        Assert.Equal(before + 1, world.Web.Fetches);

        // The key that was kept is no evidence while nobody can say that it is still the one.
        world.Web.Break(world.DidUrl, "connection refused");
        (await verifier.VerifyAsync(forged, CancellationToken.None)).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).IsVerified();
    }

    [Fact]
    public async Task Keeps_no_huge_DID_document()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        CredentialVerifier verifier = world.Verifier();
        SampleAnchored diploma = await world.IssueAsync();
        world.Web.Put(world.DidUrl, Text.Edit(world.Issuer.DocumentText, json => json["padding"] = new string('x', 100_000)));
        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).IsVerified();
        int first = world.Web.Fetches;

        (await verifier.VerifyAsync(diploma.Text, CancellationToken.None)).IsVerified();
        Assert.True(world.Web.Fetches > first, "the document was kept");
    }

    [Fact]
    public void Holds_no_more_than_its_capacity_and_nothing_past_its_time()
    {
        var cache = new BoundedCache<string>(3);
        DateTimeOffset now = Samples.Time;
        for (int i = 0; i < 100; i++)
        {
            cache.Put($"{i}", "value", now + Minute);
        }

        Assert.Equal(3, Enumerable.Range(0, 100).Count(i => cache.TryGet($"{i}", now, out _)));
        Assert.True(cache.TryGet("99", now, out _));
        Assert.False(cache.TryGet("99", now + Minute, out _));
        cache.Put("99", "newer", now + (2 * Minute));
        Assert.True(cache.TryGet("99", now + Minute, out string? value));
        Assert.Equal("newer", value);
    }
}
