using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.JsonLd;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Slander;

/// <summary>In every form: whatever cannot be had, a genuine diploma and a genuine presentation are never rejected.</summary>
public sealed class FormFaultTests
{
    private static readonly Dictionary<string, Action<TestWorld>> Faults = new(StringComparer.Ordinal)
    {
        ["the DID host is down"] = world => world.Web.Break(world.DidUrl, "connection refused"),
        ["the DID host answers with a page"] = world => world.Web.Put(world.DidUrl, "<!doctype html><title>Moved</title>"u8.ToArray(), "text/html"),
        ["the DID document has lost its keys"] = world => world.Web.Put(world.DidUrl, Text.Edit(world.Issuer.DocumentText, json => (json["verificationMethod"], json["assertionMethod"]) = (new System.Text.Json.Nodes.JsonArray(), new System.Text.Json.Nodes.JsonArray()))),
        ["the DID document no longer lists the keys"] = world => world.Web.Put(world.DidUrl, Text.Edit(world.Issuer.DocumentText, json => json["assertionMethod"] = new System.Text.Json.Nodes.JsonArray())),
        ["the status host is down"] = world => world.Web.Break(world.RevocationUrl, "HTTP 503"),
        ["the status list is cut off"] = world => world.Web.Put(world.RevocationUrl, world.Web.Get(world.RevocationUrl)[..100]),
        ["the status list is another document"] = world => world.Web.Put(world.RevocationUrl, "eyJhbGciOiJub25lIn0.e30."u8.ToArray(), "application/vc+jwt"),
        ["the chain is down"] = world => world.Ledger.Unplugged = true,
        ["the chain has forgotten"] = world => world.Ledger.Reorganise(6),
    };

    public static TheoryData<string, string> FormsAndFaults
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string form in FormWorld.CredentialForms)
            {
                foreach (string fault in Faults.Keys)
                {
                    data.Add(form, fault);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(FormsAndFaults))]
    public async Task A_genuine_diploma_is_never_rejected_while(string form, string fault)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form);
        Faults[fault](world);
        VerificationResult result = await world.VerifyAsync(diploma);

        bool chainless = diploma.Receipts.Count == 0 && fault.Contains("chain", StringComparison.Ordinal);
        Assert.True(result.Verdict == (chainless ? Verdict.Verified : Verdict.Indeterminate), result.Show());
        Assert.All(result.Checks, check => Assert.NotEqual(CheckOutcome.Failed, check.Outcome));
        Assert.True(chainless || result.Decisive!.Remedy != Remedy.None, result.Show());
    }

    [Fact]
    public async Task A_genuine_diploma_is_never_rejected_for_contexts_that_are_not_at_hand()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        foreach (string form in FormWorld.CredentialForms)
        {
            FormedDiploma diploma = await world.IssueAsAsync(form);
            VerificationResult result = await world.VerifyAsync(diploma, trusted: world.Trusted with { Contexts = ContextLibrary.Empty });

            Assert.True(result.Verdict == Verdict.Verified || result.Decisive?.Problem?.Code == ProblemCode.UnknownContext, $"{form}: {result.Show()}");
            Assert.All(result.Checks, check => Assert.NotEqual(CheckOutcome.Failed, check.Outcome));
        }
    }

    [Theory]
    [MemberData(nameof(PresentationFaults))]
    public async Task A_genuine_presentation_is_never_rejected_while(string fault)
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        byte[] presentation = await world.PresentAsync("vp+jwt", await world.DiplomaAsync("vc+sd-jwt"));
        Faults[fault](world.World);
        PresentationResult result = await world.VerifyAsync(presentation);

        bool chain = fault.Contains("chain", StringComparison.Ordinal);
        Assert.True(result.Verdict == (chain ? Verdict.Verified : Verdict.Indeterminate), result.Show());
    }

    public static TheoryData<string> PresentationFaults => [.. Faults.Keys];

    [Fact]
    public async Task A_node_of_another_chain_says_nothing_of_an_envelope()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using TestWorld elsewhere = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync("vc+jwt");
        IRegistryReader other = new TrustedRegistryReader(world.Chain, elsewhere.Ledger);

        (await world.VerifyAsync(diploma, trusted: world.Trusted with { Registries = [other] })).CannotTell(CheckName.Status, ProblemCode.LedgerMismatch);
    }
}
