using System.Reflection;
using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.Tests.Anchoring.Lab;

namespace Credentials.IssuerApi.Tests.Anchoring;

/// <summary>Every purpose is judged by what the contract says of its own effect, however often it is asked for and whoever did it.</summary>
public sealed class PurposeTests
{
    private const string Method = "did:web:uc.example#a-verification-method-with-a-name-longer-than-one-word-of-call-data";
    private static readonly IdentityHash s_identity = new(Bytes32.From(SHA256.HashData([1])));

    public static TheoryData<string> Purposes => [.. TransactionEffect.All.Select(effect => effect.Purpose)];

    [Fact]
    public void Has_a_row_for_every_purpose()
    {
        string[] named = [.. typeof(TransactionPurpose).GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (string)field.GetRawConstantValue()!)];
        Assert.Equal(named.Order(StringComparer.Ordinal), TransactionEffect.All.Select(effect => effect.Purpose).Order(StringComparer.Ordinal));
        Assert.Throws<ArgumentException>(() => TransactionEffect.Of("something else"));
    }

    [Theory]
    [MemberData(nameof(Purposes))]
    public async Task Follows_the_call_to_its_finality_and_makes_it_once_where_it_can_only_be_made_once(string purpose)
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        Stage stage = await PrepareAsync(lab);
        long before = await lab.QueryOneAsync<long>("SELECT max(id) FROM transactions");
        byte[] call = CallOf(stage, purpose);

        await lab.CallAsync(purpose, "coimbra", call);
        await lab.CallAsync(purpose, "coimbra", call);
        await lab.SettleAsync();

        bool repeatable = TransactionEffect.Of(purpose).Repeatable;
        string[] states = [.. await lab.QueryAsync<string>($"SELECT state FROM transactions WHERE id > {before} ORDER BY id")];
        Assert.Equal(purpose == TransactionPurpose.CreateInstitution ? [] : repeatable ? ["finalized", "finalized"] : ["finalized"], states);
        Assert.Equal(0, await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions WHERE state = 'finalized' AND (mined_hash IS NULL OR gas_used IS NULL OR block_time IS NULL)"));
    }

    [Theory]
    [MemberData(nameof(Purposes))]
    public async Task Comes_back_from_a_reorganisation_and_is_made_again(string purpose)
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        Stage stage = await PrepareAsync(lab);
        await lab.CallAsync(purpose, "coimbra", CallOf(stage, purpose));
        await lab.RoundAsync();
        await lab.ReorganiseAsync(1, returnToPool: false);
        await lab.StepAsync(process => process.FollowAsync());

        await lab.SettleAsync();

        Assert.Equal(0, await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions WHERE state <> 'finalized'"));
        ulong count = await lab.Chain.GetTransactionCountAsync(lab.Account, BlockTag.Latest, CancellationToken.None);
        Assert.Equal((long)count, await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions"));
    }

    [Fact]
    public async Task Gives_a_repeatable_call_up_when_the_contract_refuses_it_and_says_why()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        Stage stage = await PrepareAsync(lab);
        await lab.CallAsync(TransactionPurpose.Call, "coimbra", CredentialRegistryContract.RemoveOperator(stage.Coimbra, EthereumAddress.Zero));

        await lab.SettleAsync();

        Assert.Equal("failed", await lab.QueryOneAsync<string>("SELECT state FROM transactions ORDER BY id DESC LIMIT 1"));
        Assert.Contains("The contract refused it in block", await lab.QueryOneAsync<string>("SELECT problem FROM transactions ORDER BY id DESC LIMIT 1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pays_once_for_the_distrust_of_a_root_that_was_never_anchored_and_says_why_it_failed()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        Stage stage = await PrepareAsync(lab);
        await lab.CallAsync(TransactionPurpose.DistrustRoot, "coimbra", CredentialRegistryContract.DistrustRoot(stage.Coimbra, MerkleRoot.From(SHA256.HashData([9]))));

        await lab.SettleAsync();

        Assert.Equal("failed", await lab.QueryOneAsync<string>("SELECT state FROM transactions WHERE purpose = 'distrust-root'"));
        Assert.Contains("It is not tried again", await lab.QueryOneAsync<string>("SELECT problem FROM transactions WHERE purpose = 'distrust-root'"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TransactionPurpose.ProposeSuccessor)]
    [InlineData(TransactionPurpose.Call)]
    public async Task Leaves_a_final_call_alone_when_the_node_has_forgotten_its_receipt(string purpose)
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        Stage stage = await PrepareAsync(lab);
        await lab.CallAsync(purpose, "coimbra", CallOf(stage, purpose));
        await lab.SettleAsync();
        lab.Recorder.ForgetsReceipts = true;
        lab.Start();

        await lab.RoundAsync();
        await lab.RoundAsync();

        Assert.Equal(0, await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions WHERE state <> 'finalized'"));
    }

    [Fact]
    public async Task Makes_no_call_again_merely_because_its_receipt_is_missing()
    {
        using AnchoringLab lab = await AnchoringLab.CreateAsync();
        Stage stage = await PrepareAsync(lab);
        lab.Recorder.ForgetsReceipts = true;
        await lab.CallAsync(TransactionPurpose.Call, "coimbra", CallOf(stage, TransactionPurpose.Call));

        await lab.SettleAsync();

        Assert.Equal(1, await lab.QueryOneAsync<long>("SELECT count(*) FROM transactions WHERE data = (SELECT data FROM transactions ORDER BY id DESC LIMIT 1)"));
        Assert.Contains("may have been made", await lab.QueryOneAsync<string>("SELECT problem FROM transactions WHERE state = 'failed'"), StringComparison.Ordinal);
    }

    private static byte[] CallOf(Stage stage, string purpose) => purpose switch
    {
        TransactionPurpose.CreateInstitution => stage.Creation,
        TransactionPurpose.Anchor => CredentialRegistryContract.Anchor(stage.Coimbra, MerkleRoot.From(SHA256.HashData([2]))),
        TransactionPurpose.Revoke => CredentialRegistryContract.Revoke(stage.Coimbra, RegistryHandle.From(SHA256.HashData([3]).AsSpan(0, 16))),
        TransactionPurpose.AddKey => CredentialRegistryContract.AddKey(stage.Coimbra, Method, SHA256.HashData([4]), null),
        TransactionPurpose.RevokeKey => CredentialRegistryContract.RevokeKey(stage.Coimbra, CredentialRegistryContract.KeyIdOf(stage.Key), KeyRevocationReason.Retired),
        TransactionPurpose.SetIdentity => CredentialRegistryContract.SetIdentity(stage.Coimbra, new(Bytes32.From(SHA256.HashData([5])))),
        TransactionPurpose.Accredit => CredentialRegistryContract.Accredit(stage.Link with { Serial = 2 }, null, null, AccreditationScope.EqfLevel6),
        TransactionPurpose.RevokeAccreditation => CredentialRegistryContract.RevokeAccreditation(stage.Link),
        TransactionPurpose.ProposeSuccessor => CredentialRegistryContract.ProposeSuccessor(stage.Coimbra, stage.Fudan),
        TransactionPurpose.AcceptSuccession => CredentialRegistryContract.AcceptSuccession(stage.Closed, stage.Coimbra),
        TransactionPurpose.DistrustRoot => CredentialRegistryContract.DistrustRoot(stage.Coimbra, stage.Root),
        TransactionPurpose.Call => CredentialRegistryContract.ProposeController(stage.Coimbra, s_stranger),
        _ => throw new InvalidOperationException($"The purpose '{purpose}' has no call here: add one."),
    };

    private static readonly EthereumAddress s_stranger = EthereumAddress.From([.. Enumerable.Repeat((byte)9, 20)]);

    // Three institutions; the first has a key, an identity, an accreditation and a root, and may succeed the third.
    private static async Task<Stage> PrepareAsync(AnchoringLab lab)
    {
        InstitutionId coimbra = await lab.CreateInstitutionAsync("coimbra");
        InstitutionId fudan = await lab.CreateInstitutionAsync("fudan");
        InstitutionId closed = await lab.CreateInstitutionAsync("closed");
        Stage stage = new(coimbra, fudan, closed, "did:web:uc.example#old", new(fudan, coimbra, s_identity, 1), MerkleRoot.From(SHA256.HashData([6])), await lab.QueryOneAsync<byte[]>("SELECT data FROM transactions WHERE institution_id = 'coimbra'"));
        await lab.CallAsync(TransactionPurpose.AddKey, "coimbra", CredentialRegistryContract.AddKey(coimbra, stage.Key, SHA256.HashData([7]), null));
        await lab.CallAsync(TransactionPurpose.SetIdentity, "coimbra", CredentialRegistryContract.SetIdentity(coimbra, s_identity));
        await lab.CallAsync(TransactionPurpose.Accredit, "fudan", CredentialRegistryContract.Accredit(stage.Link, null, null, AccreditationScope.EqfLevel7));
        await lab.CallAsync(TransactionPurpose.Anchor, "coimbra", CredentialRegistryContract.Anchor(coimbra, stage.Root));
        await lab.CallAsync(TransactionPurpose.ProposeSuccessor, "closed", CredentialRegistryContract.ProposeSuccessor(closed, coimbra));
        await lab.SettleAsync();
        return stage;
    }

    private sealed record Stage(InstitutionId Coimbra, InstitutionId Fudan, InstitutionId Closed, string Key, AccreditationLink Link, MerkleRoot Root, byte[] Creation);
}
