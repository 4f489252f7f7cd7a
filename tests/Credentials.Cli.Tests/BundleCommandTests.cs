using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;
using Credentials.TestKit;
using Credentials.TestKit.Witnesses;

namespace Credentials.Cli.Tests;

public sealed class BundleCommandTests(Terminal terminal) : IClassFixture<Terminal>
{
    [Fact]
    public async Task A_bundle_with_a_witness_verifies_offline_and_says_as_of_when()
    {
        string key = await KeyAsync("witness-1.jwk");
        string bundle = await BundleAsync("one.bundle.json", "--witness-key", key);

        Run run = await OfflineAsync(bundle, new JsonObject { ["name"] = "Archive", ["key"] = key });

        Assert.Equal(0, run.Code);
        Assert.StartsWith("✔ VERIFIED", run.Out, StringComparison.Ordinal);
        Assert.Contains("As of 2026-", run.Out, StringComparison.Ordinal);
        Assert.Contains("what happened since is not known", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundle_with_a_time_stamp_verifies_offline_under_the_authoritys_certificate()
    {
        using TestTimeStampAuthority authority = TestTimeStampAuthority.Create();
        using var server = new TimeStampServer(authority, terminal.World.Clock);
        terminal.Http = () => new HttpClient(server, disposeHandler: false);
        string bundle = await BundleAsync("two.bundle.json", "--witness", "http://tsa.example/");

        Run run = await OfflineAsync(bundle, new JsonObject { ["name"] = "Authority", ["certificate"] = terminal.Write("tsa.der", authority.Root) });

        Assert.True(run.Code == 0, run.Out);
        Assert.Equal(1, server.Asked);
    }

    [Fact]
    public async Task Without_a_trusted_witness_it_cannot_be_told()
    {
        Run run = await OfflineAsync(await BundleAsync("three.bundle.json"));
        Assert.Equal(2, run.Code);
        Assert.Contains("[WITNESS_NOT_TRUSTED]", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_checkpoint_does_instead_of_a_witness()
    {
        string bundle = await BundleAsync("four.bundle.json");
        Bytes32 hash = new Ethereum.Proofs.RegistryEvidenceReader(terminal.World.Chain).ReadHeader(EvidenceBundle.Parse(await File.ReadAllBytesAsync(bundle)).Require().Chain!.Header).Require().Hash;
        JsonObject trust = TrustText();
        trust["checkpoints"] = new JsonArray(new JsonObject { ["chainId"] = terminal.World.Chain.ChainId, ["blockHash"] = hash.ToString() });
        Assert.Equal(0, (await terminal.RunAsync("verify", bundle, "--offline", "--trust", terminal.Write("checkpoint.json", trust))).Code);
    }

    [Fact]
    public async Task A_witness_signs_what_its_node_has_and_nothing_else()
    {
        string key = await KeyAsync("witness-2.jwk");
        string bundle = await BundleAsync("five.bundle.json");
        string signed = Path.Combine(terminal.Folder, "five.signed.json");
        Assert.Equal(0, (await terminal.RunAsync("witness", bundle, "--key", key, "--out", signed)).Code);
        Assert.Equal(0, (await OfflineAsync(signed, new JsonObject { ["name"] = "Archive", ["key"] = key })).Code);

        JsonNode forged = JsonNode.Parse(await File.ReadAllBytesAsync(bundle))!;
        string header = forged["chain"]!["header"]!.GetValue<string>();
        forged["chain"]!["header"] = header[..^1] + (header[^1] == '0' ? '1' : '0');
        Run refused = await terminal.RunAsync("witness", terminal.Write("forged.bundle.json", forged), "--key", key);
        Assert.Equal(2, refused.Code);
        Assert.Contains("Nothing was signed", refused.Error, StringComparison.Ordinal);
        Assert.Equal("", refused.Out);
    }

    [Fact]
    public async Task Says_what_is_missing_for_a_bundle()
    {
        SampleAnchored diploma = await AnchoredAsync();
        Run bare = await terminal.RunAsync("bundle", terminal.Write("bare.json", diploma.Bare.Text));
        Assert.Equal(2, bare.Code);
        Assert.Contains("carries no receipt", bare.Error, StringComparison.Ordinal);
        Assert.Contains("no credential", (await terminal.RunAsync("bundle", terminal.Write("nothing.json", "{}"u8.ToArray()))).Error, StringComparison.Ordinal);
        string file = terminal.Write("unplugged.json", diploma.Text);
        terminal.World.Ledger.Unplugged = true;
        try
        {
            Run unplugged = await terminal.RunAsync("bundle", file);
            Assert.Equal(2, unplugged.Code);
            Assert.Equal("", unplugged.Out);
        }
        finally
        {
            terminal.World.Ledger.Unplugged = false;
        }
    }

    [Fact]
    public async Task Refuses_a_trust_file_whose_witnesses_are_none()
    {
        string bundle = await BundleAsync("six.bundle.json");
        Assert.Equal(3, (await OfflineAsync(bundle, new JsonObject { ["name"] = "Nobody" })).Code);
        Assert.Equal(3, (await OfflineAsync(bundle, new JsonObject { ["name"] = "Gone", ["certificate"] = "gone.der" })).Code);
        Assert.Equal(3, (await OfflineAsync(bundle, new JsonObject { ["name"] = "Text", ["certificate"] = terminal.Write("text.der", "text"u8.ToArray()) })).Code);
        Assert.Equal(3, (await terminal.RunAsync("verify", bundle, "--offline", "--policy", "default")).Code);
        Assert.Equal(3, (await terminal.RunAsync("bundle", bundle, "--witness", "x", "--witness-key", "y")).Code);
    }

    [Fact]
    public async Task Migrates_bundles_to_another_institution_and_anchors_nothing_twice()
    {
        DiplomaWorld world = terminal.World;
        string key = await KeyAsync("witness-3.jwk");
        string bundle = await BundleAsync("seven.bundle.json", "--witness-key", key);
        using ChainAccount account = ChainAccount.Generate();
        world.Ledger.Fund(account.Address, System.Numerics.BigInteger.Pow(10, 18));
        InstitutionId institution = CredentialRegistryContract.InstitutionIdOf(account.Address, 9);
        TransactionRequest create = new(world.Chain.ChainId, 0, world.Chain.Contract, CredentialRegistryContract.CreateInstitution(9, account.Address), 0, RegistryGas.CreateInstitution, await world.Ledger.SuggestFeesAsync(CancellationToken.None));
        await world.Ledger.SendAsync(world.Ledger.Sign(create, account), CancellationToken.None);
        string secret = terminal.Write("account.hex", Utf8.Bytes("0x" + Convert.ToHexString(account.ExportPrivateKey())));
        string[] words = ["migrate", bundle, "--to", world.Chain.Registry.ToString(), "--institution", institution.ToString(), "--account-key", secret, "--out-folder", Path.Combine(terminal.Folder, "moved"), "--witness-key", key];

        Run run = await terminal.RunAsync(words);
        Assert.True(run.Code == 0, run.Error);
        Assert.Equal(0, (await terminal.RunAsync(words)).Code);

        EvidenceBundle moved = EvidenceBundle.Parse(await File.ReadAllBytesAsync(Path.Combine(terminal.Folder, "moved", "seven.bundle.json"))).Require();
        Assert.Equal(institution, moved.Receipt!.Institution);
        Assert.Single(moved.Earlier);
        Assert.Equal(2UL, await world.Ledger.GetTransactionCountAsync(account.Address, BlockTag.Latest, CancellationToken.None));
        Assert.Equal(3, (await terminal.RunAsync("migrate", bundle, "--to", "eip155:5:0x00", "--institution", "0x", "--out-folder", terminal.Folder)).Code);
    }

    private async Task<SampleAnchored> AnchoredAsync()
    {
        SampleAnchored diploma = await terminal.World.IssueAnchoredAsync();
        terminal.World.Ledger.Mine(3);
        return diploma;
    }

    private async Task<string> KeyAsync(string name)
    {
        string path = Path.Combine(terminal.Folder, name);
        Assert.Equal(0, (await terminal.RunAsync("keys", "new", "--out", path)).Code);
        return path;
    }

    private async Task<string> BundleAsync(string name, params string[] options)
    {
        string path = Path.Combine(terminal.Folder, name);
        Run run = await terminal.RunAsync(["bundle", terminal.Write(name + ".credential", (await AnchoredAsync()).Text), "--out", path, .. options]);
        Assert.True(run.Code == 0, run.Error);
        return path;
    }

    private JsonObject TrustText() => terminal.TrustText(terminal.Write("issuer.did.json", terminal.World.Issuer.DocumentText));

    private Task<Run> OfflineAsync(string bundle, params JsonNode[] witnesses)
    {
        JsonObject trust = TrustText();
        trust["witnesses"] = new JsonArray(witnesses);
        return terminal.RunAsync("verify", bundle, "--offline", "--trust", terminal.Write("offline.json", trust));
    }
}
