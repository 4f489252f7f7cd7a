using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Xunit;

namespace Credentials.TestKit.Ledger;

/// <summary>Random deeds of random actors, most of them allowed, done on a chain and drawn in a <see cref="NaiveHistory"/>.</summary>
internal sealed class RandomLife(LedgerWorld world, Dice dice)
{
    private const int Actors = 4;
    private const int Things = 4;

    private static readonly FeeSuggestion Fees = new(20_000_000_000, 1_000_000_000);

    private readonly List<LedgerActor> _actors = [];
    private readonly MerkleRoot[] _roots = [.. Enumerable.Range(1, Things).Select(value => new MerkleRoot(Bytes32.From(Enumerable.Repeat((byte)value, 32).ToArray())))];
    private readonly RegistryHandle[] _handles = [.. Enumerable.Range(1, Things).Select(value => new RegistryHandle((UInt128)value))];
    private readonly string[] _methods = [.. Enumerable.Range(1, Things).Select(value => $"did:web:university.example#key-{value}")];
    private readonly IdentityHash[] _identities = [.. Enumerable.Range(1, Things).Select(value => new IdentityHash(Bytes32.From(Enumerable.Repeat((byte)(0x80 + value), 32).ToArray())))];

    /// <summary>What was done, as it should be remembered.</summary>
    public NaiveHistory History { get; } = new();

    /// <summary>How many deeds the contract let pass.</summary>
    public int Allowed { get; private set; }

    /// <summary>Lives. Each deed passes on the chain just when it passes in the model.</summary>
    public async Task LiveAsync(int deeds)
    {
        for (int actor = 0; actor < Actors; actor++)
        {
            _actors.Add(await LedgerActor.CreateAsync(world));
            await DoAsync(_actors[^1], CredentialRegistryContract.CreateInstitution(7, _actors[^1].Account.Address));
        }

        for (int done = 0; done < deeds; done++)
        {
            InstitutionId institution = Institution();
            LedgerActor actor = _actors.Find(known => History.Now.IsController(known.Account.Address, institution) && dice.Roll(4) != 0) ?? dice.Pick(_actors);

            if (dice.Roll(2) == 0)
            {
                await world.PassAsync(1 + dice.Roll(10));
            }

            // Sometimes two in one block, whose times are the same.
            byte[][] calls = dice.Roll(4) == 0 ? [Deed(institution), Deed(institution)] : [Deed(institution)];
            await DoAsync(actor, calls);
            done += calls.Length - 1;
        }
    }

    /// <summary>A random question about everything.</summary>
    public RegistryQuery Question() => new(Institution(), dice.Pick(_roots), dice.Pick(_handles))
    {
        VerificationMethod = dice.Pick(_methods),
        Identity = dice.Pick(_identities),
        Path = [.. Enumerable.Range(0, AccreditationLink.MaxPath).Select(_ => Link())],
    };

    /// <summary>A random time: of a block, a second beside one, or far off.</summary>
    public ulong Time() => dice.Roll(8) switch
    {
        0 => History.Times[^1] + (ulong)dice.Roll(200),
        1 => History.Times[0] - (ulong)dice.Roll(200),
        _ => dice.Pick(History.Times) - 1 + (ulong)dice.Roll(3),
    };

    private async Task DoAsync(LedgerActor actor, params byte[][] calls)
    {
        List<SignedTransaction> sent = [];
        foreach (byte[] call in calls)
        {
            sent.Add(await actor.SignAsync(call, fees: Fees));
            Assert.Equal(SendOutcome.Accepted, (await world.Ledger.SendAsync(sent[^1], CancellationToken.None)).Outcome);
        }

        await world.MineAsync();
        BlockHeader block = (await world.Ledger.GetBlockAsync(BlockTag.Latest, CancellationToken.None))!;
        InMemoryRegistry state = History.Now;
        foreach (SignedTransaction transaction in sent)
        {
            TransactionReceipt receipt = (await world.Ledger.GetReceiptAsync(transaction.Hash, CancellationToken.None))!;
            InMemoryRegistry? next = state.Call(transaction.From, transaction.Request.Data.Span, (ulong)block.Time.ToUnixTimeSeconds(), block.Number);
            Assert.True(receipt.Succeeded == next is not null, $"The contract {(receipt.Succeeded ? "took" : "refused")} {Convert.ToHexStringLower(transaction.Request.Data.Span)}.");
            Allowed += receipt.Succeeded ? 1 : 0;
            state = next ?? state;
        }

        History.Add((ulong)block.Time.ToUnixTimeSeconds(), state);
    }

    private byte[] Deed(InstitutionId institution)
    {
        return dice.Roll(14) switch
        {
            0 => CredentialRegistryContract.Anchor(institution, dice.Pick(_roots)),
            1 => CredentialRegistryContract.DistrustRoot(institution, dice.Pick(_roots)),
            2 => CredentialRegistryContract.Revoke(institution, dice.Pick(_handles)),
            3 or 4 => CredentialRegistryContract.AddKey(institution, dice.Pick(_methods), new byte[dice.Roll(130)], Date()),
            5 => CredentialRegistryContract.RevokeKey(institution, CredentialRegistryContract.KeyIdOf(dice.Pick(_methods)), (KeyRevocationReason)dice.Roll(3)),
            6 => CredentialRegistryContract.SetIdentity(institution, dice.Pick(_identities)),
            7 => CredentialRegistryContract.ProposeSuccessor(institution, Institution()),
            8 => CredentialRegistryContract.AcceptSuccession(Institution(), institution),
            9 or 10 => CredentialRegistryContract.Accredit(Link() with { Accreditor = institution }, Date(), Date(), (AccreditationScope)dice.Roll(8)),
            11 => CredentialRegistryContract.RevokeAccreditation(Link() with { Accreditor = institution }),
            12 => dice.Roll(2) == 0 ? CredentialRegistryContract.ProposeController(institution, dice.Pick(_actors).Account.Address) : CredentialRegistryContract.AcceptController(institution),
            _ => dice.Roll(2) == 0 ? CredentialRegistryContract.AddOperator(institution, dice.Pick(_actors).Account.Address) : CredentialRegistryContract.RemoveOperator(institution, dice.Pick(_actors).Account.Address),
        };
    }

    private InstitutionId Institution() => dice.Pick(_actors).Institution;

    private AccreditationLink Link() => new(Institution(), Institution(), _identities[dice.Roll(2)], (ulong)dice.Roll(2));

    // None, passed, or not yet come.
    private DateTimeOffset? Date() => dice.Roll(3) == 0 ? null : DateTimeOffset.FromUnixTimeSeconds((long)History.Times[^1] - 30 + dice.Roll(100));
}
