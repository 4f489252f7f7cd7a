using System.Globalization;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;

namespace Credentials.Cli.Doctor;

/// <summary>A trusted chain: is its node there, are its four marks right, is it in step with this computer's clock, does it know what is final.</summary>
internal static class ChainExam
{
    private static readonly TimeSpan s_lag = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_lead = TimeSpan.FromMinutes(1);

    public static async Task<IReadOnlyList<Finding>> RunAsync(TrustedChain chain, ILedger ledger, TimeProvider clock, CancellationToken cancellationToken)
    {
        string subject = string.Create(CultureInfo.InvariantCulture, $"chain {chain.ChainId}");
        try
        {
            ChainMarks marks = await ledger.GetMarksAsync(chain.Contract, cancellationToken);
            return
            [
                Finding.Good(subject, $"the node answers ({ledger.ClientName} client)"),
                .. Marks(subject, chain, marks),
                .. await HeadAsync(subject, ledger, clock, cancellationToken),
            ];
        }
        catch (LedgerUnavailableException unavailable)
        {
            return [Finding.Bad(subject, $"the node cannot be asked: {unavailable.Message}", "Start the node, or correct rpcUrl in the trust file; try another provider.")];
        }
    }

    private static IEnumerable<Finding> Marks(string subject, TrustedChain chain, ChainMarks marks)
    {
        yield return marks.ChainId == chain.ChainId
            ? Finding.Good(subject, "chain id is the trusted one")
            : Finding.Bad(subject, string.Create(CultureInfo.InvariantCulture, $"the node serves chain {marks.ChainId}, not {chain.ChainId}"), "Correct rpcUrl or chainId in the trust file.");
        yield return marks.GenesisHash.Equals(chain.GenesisHash)
            ? Finding.Good(subject, "genesis hash is the trusted one")
            : Finding.Bad(subject, $"the node's block 0 is {marks.GenesisHash}, not {chain.GenesisHash}: another chain with the same id", "Ask a node of the right chain. If a local chain was made anew, take the new genesisHash from where it was made.");
        if (marks.ContractCodeHash is { } code && code.Equals(chain.CodeHash))
        {
            yield return Finding.Good(subject, $"the registry {chain.Contract} is there and is the trusted code");
        }
        else
        {
            yield return Finding.Bad(subject, $"at {chain.Contract} there is not the trusted registry contract (code hash {marks.ContractCodeHash?.ToString() ?? "none"})", "Correct contract or codeHash in the trust file; on a new local chain, deploy the registry first.");
        }
    }

    private static async Task<IEnumerable<Finding>> HeadAsync(string subject, ILedger ledger, TimeProvider clock, CancellationToken cancellationToken)
    {
        BlockHeader? head = await ledger.GetBlockAsync(BlockTag.Latest, cancellationToken);
        BlockHeader? final = await ledger.GetBlockAsync(BlockTag.Finalized, cancellationToken);
        return [Clock(subject, head, clock.GetUtcNow()), Finality(subject, head, final)];
    }

    private static Finding Clock(string subject, BlockHeader? head, DateTimeOffset now)
    {
        if (head is null)
        {
            return Finding.Bad(subject, "the node has no newest block", "Wait until the node is in step with its chain.");
        }

        TimeSpan behind = now - head.Time;
        string age = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(behind.TotalSeconds):F0} s");
        return behind > s_lag ? Finding.Bad(subject, $"block {Number(head)} is {age} old", "Either the node is not in step with its chain, or this computer's clock is ahead: compare it with a time server (timedatectl).")
            : behind < -s_lead ? Finding.Bad(subject, $"block {Number(head)} is {age} in this computer's future", "This computer's clock is behind: set it from a time server (timedatectl set-ntp true).")
            : Finding.Good(subject, $"clock and newest block ({Number(head)}) agree within {age}");
    }

    private static Finding Finality(string subject, BlockHeader? head, BlockHeader? final) => (head, final) switch
    {
        (_, null) => Finding.Bad(subject, "the node does not say which block is final", "Ask a node that knows the tag \"finalized\"; anchors cannot be told as final without it."),
        ({ } newest, { } settled) when newest.Number - settled.Number > 1000 => Finding.Bad(subject, $"the final block {Number(settled)} lies {(newest.Number - settled.Number).ToString(CultureInfo.InvariantCulture)} blocks behind", "The chain has not finalized for long: wait, and see the chain's own news."),
        (_, { } settled) => Finding.Good(subject, $"block {Number(settled)} is final"),
    };

    private static string Number(BlockHeader block) => block.Number.ToString(CultureInfo.InvariantCulture);
}
