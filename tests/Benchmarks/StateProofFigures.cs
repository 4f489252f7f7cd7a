using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Proofs;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;
using Credentials.TestKit.Ledger;
using Credentials.TestKit.Ledger.Proofs;

namespace Credentials.Benchmarks;

/// <summary>All that one verification asks of the registry (anchor, revocation, key, identity, two links, succession), proven and read; in a registry of 4,096 anchors among 4,096 accounts.</summary>
internal static class StateProofFigures
{
    private const int Others = 4096;

    public static async Task RunAsync(Stage stage)
    {
        if (!stage.Wanted("state-proof"))
        {
            return;
        }

        InMemoryWorld world = new();
        await world.InitializeAsync();
        ProofScene scene = await ProofScene.CreateAsync(world);
        LedgerActor actor = await LedgerActor.CreateInstitutionAsync(world);
        await world.SetBalanceAsync(actor.Account.Address, 1_000_000 * AnvilFixture.Ether);
        for (int other = 0; other < Others; other++)
        {
            await world.SetBalanceAsync(EthereumAddress.From(RandomNumberGenerator.GetBytes(20)), 1);
            await actor.SendAsync(CredentialRegistryContract.Anchor(actor.Institution, MerkleRoot.From(RandomNumberGenerator.GetBytes(32))));
        }

        await world.MineAsync(4);
        RegistryQuery query = scene.Full;
        ChainEvidence evidence = (await new EvidenceCollector(world.Registry, world.Ledger).CollectAsync([query], CancellationToken.None)).Require();
        RegistryEvidenceReader reader = new(world.Registry);
        stage.Measure($"state-proof/query-{evidence.StorageProofs.Count}-slots", () =>
        {
            if (reader.Read(evidence, query).Record is not { Anchor: not null, Revocation: not null, Key: not null })
            {
                throw new InvalidOperationException("The evidence does not say what is in the registry: nothing was measured.");
            }
        });
        stage.Measure("state-proof/header", () =>
        {
            if (!reader.ReadHeader(evidence.Header).Ok)
            {
                throw new InvalidOperationException("The header is none: nothing was measured.");
            }
        });
    }
}
