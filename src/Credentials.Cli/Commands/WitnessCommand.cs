using Credentials.Cli.Input;
using Credentials.Cli.Trust;
using Credentials.Ethereum;
using Credentials.Ethereum.Proofs;
using Credentials.Evidence;
using Credentials.Keys;

namespace Credentials.Cli.Commands;

/// <summary><c>credentials witness BUNDLE --key FILE</c></summary>
internal static class WitnessCommand
{
    public static Command Row { get; } = new("witness", "BUNDLE", "Sign, as a witness, that the block of a bundle is of the chain", RunAsync)
    {
        Options =
        [
            new("--key", "FILE", "The witness's private JWK") { Required = true },
            new("--out", "FILE", "Where to; standard output if not given"),
            new("--trust", "FILE", "Whose chains are asked"),
        ],
        Notes = ["The node of the trust file is asked whether it has this very block, finalized; nothing else is signed."],
    };

    private static async Task<int> RunAsync(Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        TrustFile trust = TrustFile.Find(arguments["--trust"], around);
        GivenDocument given = await GivenDocument.ReadAsync(arguments.Operands[0], around, fetcher: null, cancellationToken);
        Parsed<EvidenceBundle> bundle = EvidenceBundle.Parse(given.Utf8);
        if (!bundle.Ok || bundle.Value is not { Chain: { } chain, Receipt: { } receipt })
        {
            return await BundleCommand.FailAsync(around, $"This is no bundle with evidence of a chain. {bundle.Problem?.Detail}");
        }

        if (trust.Chains.FirstOrDefault(one => one.Chain.Registry == chain.Registry) is not { Chain: { } trusted, Nodes: [var node, ..] })
        {
            return await BundleCommand.FailAsync(around, $"The registry {chain.Registry} is not among the chains of the trust file.");
        }

        using SigningKey key = GivenKey.ReadPrivate(arguments["--key"]!);
        Parsed<EvidenceHeader> header = new RegistryEvidenceReader(trusted).ReadHeader(chain.Header);
        if (!header.Ok)
        {
            return await BundleCommand.FailAsync(around, header.Problem.Detail);
        }

        if (await FaultOfAsync(around.Ledger(node), trusted, header.Value, cancellationToken) is { } fault)
        {
            return await BundleCommand.FailAsync(around, fault);
        }

        WitnessStatement statement = (await WitnessSignature.SignAsync(new(chain.Registry, trusted.GenesisHash, receipt.Root, header.Value.Hash), around.Clock.GetUtcNow(), key, cancellationToken)).Require();
        return await BundleCommand.WriteAsync(arguments["--out"], bundle.Value with { Chain = chain with { Witnesses = [.. chain.Witnesses, statement] } }, around, cancellationToken);
    }

    private static async Task<string?> FaultOfAsync(ILedger ledger, Ethereum.Registry.TrustedChain trusted, EvidenceHeader header, CancellationToken cancellationToken)
    {
        try
        {
            if (trusted.MismatchIn(await ledger.GetMarksAsync(trusted.Contract, cancellationToken)) is { } mismatch)
            {
                return mismatch;
            }

            BlockHeader? final = await ledger.GetBlockAsync(BlockTag.Finalized, cancellationToken);
            BlockHeader? same = await ledger.GetBlockAsync(BlockTag.Number(header.Number), cancellationToken);
            return final is null || final.Number < header.Number ? $"Block {header.Number} is not final yet, as far as the node has followed the chain."
                : same?.Hash.Equals(header.Hash) == true ? null
                : $"The node has another block {header.Number}: this one is not of the chain. Nothing was signed.";
        }
        catch (LedgerUnavailableException e)
        {
            return e.Message;
        }
    }
}
