using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.TestKit.Ledger;

namespace Credentials.Ethereum.Registry;

/// <summary>A real node that mines, and is reorganised, while it is read: the batch's answers come from different moments.</summary>
public sealed class ReadingWhileTheChainMoves(AnvilWorld world) : IClassFixture<AnvilWorld>
{
    private const int Anchors = 60;

    [AnvilFact]
    public async Task Growth_never_takes_a_fact_back()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        MerkleRoot root = MerkleRoot.From(RandomNumberGenerator.GetBytes(32));
        Task writing = WriteAsync(actor, root);
        Finality? before = null;
        int readings = 0;
        while (!writing.IsCompleted)
        {
            RegistryReading reading = await ReadAsync(actor, root);
            Assert.True(reading.Record is not null, reading.Problem?.Detail);
            Finality? now = reading.Record.Anchor?.Finality;
            Assert.True(before is null || now >= before, $"{before} became {now}");
            before = now;
            readings++;
        }

        await writing;
        Assert.Equal(Finality.Finalized, before ?? (await ReadAsync(actor, root)).Record!.Anchor!.Finality);
        Assert.InRange(readings, 10, int.MaxValue);
    }

    [AnvilFact]
    public async Task Reorganisation_is_an_answer_or_none_and_never_another_chain()
    {
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        await world.MineAsync(5);
        Task moving = ReorganiseAsync();
        while (!moving.IsCompleted)
        {
            RegistryReading reading = await ReadAsync(actor, MerkleRoot.From(RandomNumberGenerator.GetBytes(32)));
            Assert.True(reading.Record is { InstitutionExists: true, Anchor: null } || reading.Problem!.Code == ProblemCode.LedgerUnavailable, reading.Problem?.Detail);
        }

        await moving;
    }

    private Task<RegistryReading> ReadAsync(LedgerActor actor, MerkleRoot root) => new TrustedRegistryReader(world.Registry, world.Ledger).ReadAsync(new(actor.Institution, root, null), default);

    private static async Task WriteAsync(LedgerActor actor, MerkleRoot root)
    {
        for (int anchor = 0; anchor < Anchors; anchor++)
        {
            await actor.MineAsync(CredentialRegistryContract.Anchor(actor.Institution, anchor == Anchors / 2 ? root : MerkleRoot.From(RandomNumberGenerator.GetBytes(32))));
        }
    }

    private async Task ReorganiseAsync()
    {
        for (int round = 0; round < 20; round++)
        {
            await world.MineAsync(2);
            await world.ReorganiseAsync(2);
        }
    }
}
