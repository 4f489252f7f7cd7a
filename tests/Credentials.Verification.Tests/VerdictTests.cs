using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests;

public sealed class VerdictTests
{
    public static TheoryData<string, string[]> SamplesAndSuites
    {
        get
        {
            var data = new TheoryData<string, string[]>();
            foreach (string name in Samples.Names)
            {
                data.Add(name, ["ecdsa-jcs-2019"]);
                data.Add(name, ["eddsa-jcs-2022"]);
                data.Add(name, ["ecdsa-jcs-2019", "eddsa-jcs-2022"]);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(SamplesAndSuites))]
    public async Task Verifies_a_genuine_anchored_diploma(string sample, string[] suites)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        VerificationResult result = await world.VerifyAsync((await world.IssueAsync(sample, suites)).Text);

        result.IsVerified();
        Assert.All(result.Checks.SkipLast(3), check => Assert.Equal(CheckOutcome.Passed, check.Outcome));
        result.Is(CheckName.Accreditation, CheckOutcome.Skipped);
        result.Is(CheckName.Schema, CheckOutcome.Skipped);
        result.Is(CheckName.HolderBinding, CheckOutcome.Skipped);
        Assert.Equal(world.Clock.Now, result.At);
        Assert.Equal(world.Issuer.Did, result.Credential!.IssuerId);
        Assert.Equal(Anchoring.Finality.Finalized, result.Anchor!.Finality);
    }

    [Fact]
    public async Task Verifies_a_bare_diploma_with_the_receipt_beside_it()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        var anchored = await world.IssueAsync();

        (await world.Verifier().VerifyAsync(anchored.Bare.Text, [anchored.Receipt], CancellationToken.None)).IsVerified();
    }

    [Fact]
    public async Task Lists_every_check_in_the_order_of_the_names()
    {
        using TestWorld world = await TestWorld.CreateAsync();

        foreach (byte[] text in (byte[][])[[], "{}"u8.ToArray(), (await world.IssueAsync()).Text])
        {
            VerificationResult result = await world.VerifyAsync(text);
            Assert.Equal(CheckName.All, result.Checks.Select(check => check.Name));
            Assert.All(result.Checks, check => Assert.False(string.IsNullOrWhiteSpace(check.Detail)));
        }
    }

    [Fact]
    public async Task Skips_everything_after_a_proof_that_did_not_pass()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] forged = Text.Replace((await world.IssueAsync()).Text, "Conceição", "Conceicao");
        VerificationResult result = await world.VerifyAsync(forged);

        result.IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
        Assert.All(result.Checks.Skip(2), check => Assert.Equal(CheckOutcome.Skipped, check.Outcome));
        Assert.Null(result.Anchor);
    }

    [Fact]
    public async Task Asks_nobody_about_a_document_that_is_not_proven()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] forged = Text.Replace((await world.IssueAsync()).Text, "Conceição", "Conceicao");
        await world.VerifyAsync(forged);

        Assert.Equal(1, world.Web.Fetches);
    }

    [Fact]
    public async Task Prefers_a_failed_check_to_one_that_could_not_be_made()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        var anchored = await world.IssueAsync();
        world.Issuer.Revocations[anchored.Bare.StatusListIndex] = true;
        await world.PublishStatusAsync();
        world.Ledger.Unplugged = true;
        VerificationResult result = await world.VerifyAsync(anchored.Text);

        result.IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
        result.Is(CheckName.Anchor, CheckOutcome.Indeterminate, ProblemCode.LedgerUnavailable);
    }

    [Fact]
    public async Task Cancels_when_asked()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        var anchored = await world.IssueAsync();
        world.Web.Hangs = true;
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Verifier().VerifyAsync(anchored.Text, cancel.Token));
    }

    [Fact]
    public async Task Gives_one_answer_to_many_threads()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        var genuine = await world.IssueAsync();
        byte[] forged = Text.Replace(genuine.Text, "Conceição", "Conceicao");
        CredentialVerifier verifier = world.Verifier();

        VerificationResult[] results = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => verifier.VerifyAsync(i % 2 == 0 ? genuine.Text : forged, CancellationToken.None))));
        Assert.All(results.Where((_, i) => i % 2 == 0), result => result.IsVerified());
        Assert.All(results.Where((_, i) => i % 2 == 1), result => result.IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError));
    }
}
