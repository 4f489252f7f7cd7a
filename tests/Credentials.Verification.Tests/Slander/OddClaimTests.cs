using System.Text.Json.Nodes;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Slander;

/// <summary>Claims that RFC 7519 gives another type, signed by the institution itself: its mistake, and no forgery.</summary>
public sealed class OddClaimTests
{
    public static TheoryData<string, string, string> Odd
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (string form in (string[])["vc+jwt", "vc+sd-jwt"])
            {
                foreach ((string claim, string value) in ((string, string)[])[("sub", "{\"id\":1}"), ("jti", "[1]"), ("azp", "{}"), ("sub", "null"), ("act", "\"x\""), ("actort", "\"a.b.c\"")])
                {
                    data.Add(form, claim, value);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task A_genuine_JWT_with_an_odd_claim_is_never_called_changed(string form, string claim, string value)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        VerificationResult result = await world.VerifyAsync(await world.IssueAsAsync(form, json => json[claim] = JsonNode.Parse(value)));

        Assert.True(result.Verdict != Verdict.Rejected, result.Show());
        Assert.All(result.Checks, check => Assert.NotEqual(CheckOutcome.Failed, check.Outcome));
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task A_forged_one_never_verifies(string form, string claim, string value)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form, json => json[claim] = JsonNode.Parse(value));
        VerificationResult result = await world.VerifyAsync(diploma with { Text = FormWorld.WithBrokenSignature(diploma.Text) });

        Assert.True(result.Verdict == (result[CheckName.Format].Outcome == CheckOutcome.Passed ? Verdict.Rejected : Verdict.Indeterminate), result.Show());
    }
}
