using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Forgery;

/// <summary>Every single value of a diploma changed in turn, each member removed, duplicated and renamed.</summary>
/// <remarks>
/// Never verified; and rejected wherever the key can be had. It cannot be had, and the verdict is indeterminate, when the change took away what names the key or says how it signed:
/// the <c>proof</c> itself, its <c>type</c>, its <c>cryptosuite</c>, its <c>verificationMethod</c>. The anchor proof is signed by nobody: whatever is done to it leaves a genuine diploma without its anchor, which is indeterminate.
/// A member twice is rejected wherever it is (unless the second one takes away the key): such a text has no canonical form, so no signature can hold over it.
/// </remarks>
public sealed class MutationTests
{
    private static readonly string[] NamesTheKey = ["", "/type", "/cryptosuite", "/verificationMethod"];

    public static TheoryData<string, string> SamplesAndSuites
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string name in Samples.Names)
            {
                data.Add(name, "ecdsa-jcs-2019");
                data.Add(name, "eddsa-jcs-2022");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(SamplesAndSuites))]
    public async Task No_change_to_a_bare_diploma_is_verified_and_each_is_rejected_where_the_key_can_be_had(string sample, string suite)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync(sample, suite);
        CredentialVerifier verifier = world.Verifier();
        int made = 0;
        foreach (Mutation mutation in Mutation.AllOf(anchored.Bare.Text))
        {
            // The receipt beside it would make it whole, were it not for the change.
            VerificationResult result = await verifier.VerifyAsync(mutation.Text, [anchored.Receipt], CancellationToken.None);
            Verdict expected = TakesAwayTheKey(mutation, "/proof") ? Verdict.Indeterminate : Verdict.Rejected;
            Assert.True(result.Verdict == expected, $"{mutation}: {result.Show()}");
            made++;
        }

        Assert.True(made > 500, $"only {made} changes");
    }

    [Theory]
    [MemberData(nameof(SamplesAndSuites))]
    public async Task No_change_to_an_anchored_diploma_is_verified_and_each_is_rejected_where_the_key_can_be_had(string sample, string suite)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync(sample, suite);
        CredentialVerifier verifier = world.Verifier();
        foreach (Mutation mutation in Mutation.AllOf(anchored.Text))
        {
            VerificationResult result = await verifier.VerifyAsync(mutation.Text, CancellationToken.None);
            bool onlyTheAnchor = mutation.Pointer.StartsWith("/proof/1", StringComparison.Ordinal) && !mutation.Duplicates;
            Verdict expected = TakesAwayTheKey(mutation, "/proof/0") || onlyTheAnchor ? Verdict.Indeterminate : Verdict.Rejected;
            Assert.True(result.Verdict == expected, $"{mutation}: {result.Show()}");
            Assert.True(!onlyTheAnchor || result.Decisive!.Name is CheckName.Anchor or CheckName.Format, $"{mutation}: {result.Show()}");
        }
    }

    private static bool TakesAwayTheKey(Mutation mutation, string proof) =>
        mutation.What is "changed" or "removed" or "renamed" or "dropped"
        && (mutation.Pointer == "/proof" || NamesTheKey.Any(member => mutation.Pointer == proof + member));
}
