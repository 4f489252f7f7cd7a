using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Forgery;

/// <summary>Receipts and anchors that are not this diploma's. None verifies; none is held against the diploma, which is genuine.</summary>
public sealed class AnchorForgeryTests
{
    private static readonly AnchorHints Hints = new(Bytes32.From(SHA256.HashData("transaction"u8)), 77, Bytes32.From(SHA256.HashData("block"u8)), Samples.Time);

    [Fact]
    public async Task Takes_no_receipt_of_another_credential()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored other = await world.IssueAsync();

        await CannotTellAsync(world, await world.IssueAsync(), _ => other.Receipt, ProblemCode.AnchorReceiptError);
    }

    [Fact]
    public async Task Takes_no_receipt_with_another_root()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored other = await world.IssueAsync();

        await CannotTellAsync(world, await world.IssueAsync(), receipt => receipt with { Root = other.Receipt.Root }, ProblemCode.AnchorReceiptError);
    }

    [Fact]
    public async Task Takes_no_receipt_of_a_root_that_was_never_anchored()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored never = await world.Issuer.IssueAnchoredAsync();

        (await world.VerifyAsync(never.Text)).CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal);
    }

    [Fact]
    public async Task Takes_no_receipt_of_another_institution()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        (ChainAccount mill, InstitutionId institution) = await CreateInstitutionAsync(world);
        using (mill)
        {
            // The mill anchors the very root in its own name, and says so.
            SampleAnchored anchored = await world.Issuer.IssueAnchoredAsync();
            Assert.True(await world.SendAsync(mill, CredentialRegistryContract.Anchor(institution, anchored.Receipt.Root)));
            await CannotTellAsync(world, anchored, receipt => receipt with { Institution = institution }, ProblemCode.AnchorReceiptError);

            // And lies about it.
            (await world.VerifyAsync(anchored.Text)).CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal);
        }
    }

    [Fact]
    public async Task Takes_no_receipt_of_another_contract()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        RegistryAddress other = world.Chain.Registry with { Contract = "0x00000000000000000000000000000000000000aa" };

        await CannotTellAsync(world, await world.IssueAsync(), receipt => receipt with { Registry = other }, ProblemCode.AnchorReceiptError);
    }

    [Fact]
    public async Task Takes_no_receipt_of_another_chain()
    {
        using TestWorld world = await TestWorld.CreateAsync();

        await CannotTellAsync(world, await world.IssueAsync(), receipt => receipt with { Registry = receipt.Registry with { ChainId = 1 } }, ProblemCode.AnchorReceiptError);
    }

    [Fact]
    public async Task Takes_no_anchor_on_another_chain_with_the_same_id()
    {
        using TestWorld genuine = await TestWorld.CreateAsync(chainId: 777);
        using TestWorld forked = await TestWorld.CreateAsync(chainId: 777);
        SampleAnchored anchored = await forked.IssueAsync();
        Assert.NotEqual(genuine.Chain.GenesisHash.ToString(), forked.Chain.GenesisHash.ToString());

        // The verifier trusts the one chain, and its node serves the other.
        TrustedMaterial misled = forked.Trusted with { Registries = [new TrustedRegistryReader(genuine.Chain with { Contract = forked.Chain.Contract }, forked.Ledger)] };
        VerificationResult result = await forked.VerifyAsync(anchored.Text, trusted: misled);
        result.Is(CheckName.Anchor, CheckOutcome.Indeterminate, ProblemCode.LedgerMismatch);
        result.CannotTell(CheckName.Status, ProblemCode.LedgerMismatch);
        Assert.Equal(Remedy.Verifier, result.Decisive!.Remedy);
    }

    [Fact]
    public async Task Takes_no_anchor_of_a_registry_that_is_not_trusted()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        VerificationResult result = await world.VerifyAsync((await world.IssueAsync()).Text, trusted: world.Trusted with { Registries = [] });

        result.Is(CheckName.Anchor, CheckOutcome.Indeterminate, ProblemCode.LedgerNotTrusted);
        result.CannotTell(CheckName.Status, ProblemCode.LedgerNotTrusted);
    }

    [Fact]
    public async Task Takes_no_anchor_written_by_an_account_that_is_no_operator()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using ChainAccount stranger = TestWorld.Funded(world.Ledger);
        SampleAnchored anchored = await world.Issuer.IssueAnchoredAsync();
        Assert.False(await world.SendAsync(stranger, CredentialRegistryContract.Anchor(world.Issuer.Institution, anchored.Receipt.Root)));

        (await world.VerifyAsync(anchored.Text)).CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal);
    }

    [Fact]
    public async Task Takes_no_truncated_path()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();

        for (int length = 0; length < anchored.Receipt.Path.Count; length++)
        {
            await CannotTellAsync(world, anchored, receipt => receipt with { Path = [.. receipt.Path.Take(length)] }, ProblemCode.AnchorReceiptError);
        }
    }

    [Fact]
    public async Task Takes_no_extended_path()
    {
        using TestWorld world = await TestWorld.CreateAsync();

        await CannotTellAsync(world, await world.IssueAsync(), receipt => receipt with { Path = [.. receipt.Path, receipt.Root.Value] }, ProblemCode.AnchorReceiptError);
    }

    [Fact]
    public async Task Takes_no_reordered_path()
    {
        using TestWorld world = await TestWorld.CreateAsync();

        await CannotTellAsync(world, await world.IssueAsync(), receipt => receipt with { Path = [.. receipt.Path.Reverse()] }, ProblemCode.AnchorReceiptError);
    }

    [Fact]
    public async Task Takes_no_path_of_another_leaf_or_size()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored anchored = await world.IssueAsync();

        await CannotTellAsync(world, anchored, receipt => receipt with { LeafIndex = receipt.LeafIndex - 1 }, ProblemCode.AnchorReceiptError);
        await CannotTellAsync(world, anchored, receipt => receipt with { TreeSize = receipt.TreeSize * 4 }, ProblemCode.AnchorReceiptError);
    }

    [Fact]
    public async Task Takes_no_inner_node_of_the_tree_for_a_leaf()
    {
        using TestWorld world = await TestWorld.CreateAsync();

        // The digest itself as the root of a tree of none: RFC 9162 tells leaves from nodes by a prefix.
        await CannotTellAsync(world, await world.IssueAsync(), receipt => receipt with { LeafIndex = 0, TreeSize = 1, Path = [] }, ProblemCode.AnchorReceiptError);
    }

    [Fact]
    public async Task One_good_receipt_among_bad_ones_suffices()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored other = await world.IssueAsync();
        SampleAnchored anchored = await world.IssueAsync();

        (await world.Verifier().VerifyAsync(anchored.Bare.Text, [other.Receipt, anchored.Receipt with { Path = [] }, anchored.Receipt], CancellationToken.None)).IsVerified();
        (await world.VerifyAsync(MerkleAnchor2026.AddTo(anchored.Text, other.Receipt))).IsVerified();
    }

    [Fact]
    public async Task Follows_only_some_of_a_multitude_of_receipts()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleCredential bare = await world.Issuer.IssueAsync();
        AnchorReceipt[] many = [.. Enumerable.Range(0, 50).Select(_ => world.Issuer.Anchor(bare).Receipt)];
        var counting = new CountingReader(new TrustedRegistryReader(world.Chain, world.Ledger));
        VerificationResult result = await world.Verifier(trusted: world.Trusted with { Registries = [counting] }).VerifyAsync(bare.Text, many, CancellationToken.None);

        result.CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal);
        Assert.Equal(Evidence.AnchorEvidence.MaxReceipts, counting.Reads);
    }

    [Fact]
    public async Task Evidence_in_the_receipt_cannot_be_changed_and_its_hints_change_nothing_that_is_said()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleCredential bare = await world.Issuer.IssueAsync();
        SampleAnchored anchored = world.Issuer.Anchor(bare, hints: Hints);
        Assert.True(await world.AnchorAsync(anchored.Receipt.Root));
        CredentialVerifier verifier = world.Verifier();
        VerificationResult genuine = await verifier.VerifyAsync(anchored.Text, CancellationToken.None);
        genuine.IsVerified();

        byte[] cbor = AnchorReceiptFormat.ToCbor(anchored.Receipt);
        int stillVerified = 0;
        for (int bit = 0; bit < cbor.Length * 8; bit++)
        {
            byte[] changed = [.. cbor];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            VerificationResult result = await verifier.VerifyAsync(WithReceipt(bare.Text, changed), CancellationToken.None);
            if (result.Verdict != Verdict.Verified)
            {
                Assert.Equal(CheckName.Anchor, result.Decisive!.Name);
                continue;
            }

            // Only a hint can have changed, or the size of the tree, which no root attests; and nobody is told of either.
            AnchorReceipt receipt = AnchorReceiptFormat.FromCbor(changed).Require();
            Assert.Equal(Without(anchored.Receipt), Without(receipt with { TreeSize = anchored.Receipt.TreeSize }));
            Assert.Equal(genuine.Show(), result.Show());
            Assert.Equal(genuine.Anchor, result.Anchor);
            stillVerified++;
        }

        // 32 bytes, 32 bytes and two integers.
        Assert.InRange(stillVerified, 512, 600);
    }

    private static string Without(AnchorReceipt receipt) => Convert.ToHexString(AnchorReceiptFormat.ToCbor(receipt with { Hints = null }));

    private static byte[] WithReceipt(byte[] bare, byte[] cbor) => Text.Edit(bare, json => json["proof"] = new System.Text.Json.Nodes.JsonArray(
        json["proof"]!.DeepClone(),
        new System.Text.Json.Nodes.JsonObject
        {
            ["type"] = "DataIntegrityProof",
            ["cryptosuite"] = MerkleAnchor2026.Cryptosuite,
            ["proofPurpose"] = "assertionMethod",
            ["proofValue"] = Encoding.Multibase.EncodeBase64Url(cbor),
        }));

    private static async Task CannotTellAsync(TestWorld world, SampleAnchored anchored, Func<AnchorReceipt, AnchorReceipt> forge, string code)
    {
        AnchorReceipt forged = forge(anchored.Receipt);
        (await world.VerifyAsync(MerkleAnchor2026.AddTo(anchored.Bare.Text, forged))).CannotTell(CheckName.Anchor, code);
        (await world.Verifier().VerifyAsync(anchored.Bare.Text, [forged], CancellationToken.None)).CannotTell(CheckName.Anchor, code);
    }

    private static async Task<(ChainAccount Account, InstitutionId Institution)> CreateInstitutionAsync(TestWorld world)
    {
        ChainAccount account = TestWorld.Funded(world.Ledger);
        Assert.True(await world.SendAsync(account, CredentialRegistryContract.CreateInstitution(9, account.Address)));
        return (account, CredentialRegistryContract.InstitutionIdOf(account.Address, 9));
    }
}
