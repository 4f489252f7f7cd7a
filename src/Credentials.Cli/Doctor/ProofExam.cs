using System.Globalization;
using Credentials.Anchoring;
using Credentials.Cli.Trust;
using Credentials.Ethereum;
using Credentials.Ethereum.Proofs;

namespace Credentials.Cli.Doctor;

/// <summary>Whether the nodes of a chain prove what they say (<c>eth_getProof</c>), and agree.</summary>
internal static class ProofExam
{
    // Any institution will do: that it is not there is proven as strictly as anything.
    private static readonly RegistryQuery Question = new(default, null, null);

    public static async Task<IReadOnlyList<Finding>> RunAsync(TrustedNodes trusted, IReadOnlyList<ILedger> ledgers, TimeProvider clock, CancellationToken cancellationToken)
    {
        string subject = string.Create(CultureInfo.InvariantCulture, $"chain {trusted.Chain.ChainId}");
        List<Finding> findings = [];
        foreach (ILedger ledger in ledgers)
        {
            RegistryReading reading = await new ProvenRegistryReader(trusted.Chain, [ledger], 1, clock: clock).ReadAsync(Question, cancellationToken);
            findings.Add(reading.Problem is not { } problem ? Finding.Good(subject, $"{ledger.Node} proves what it says (eth_getProof)")
                : trusted.Proven ? Finding.Bad(subject, $"{ledger.Node} proves nothing: {problem.Detail}", "Ask a node that serves eth_getProof at its newest blocks; or trust one node with \"rpcUrl\" alone.")
                : Finding.Good(subject, $"{ledger.Node} is trusted as it is: it proves nothing ({problem.Code})"));
        }

        if (ledgers.Count > 1)
        {
            RegistryReading all = await new ProvenRegistryReader(trusted.Chain, ledgers, trusted.Quorum, clock: clock).ReadAsync(Question, cancellationToken);
            string voices = string.Create(CultureInfo.InvariantCulture, $"{trusted.Quorum} of {ledgers.Count} nodes");
            findings.Add(all.Record is { } record
                ? Finding.Good(subject, $"{voices} agree on a block of {record.HeadTime:u}")
                : Finding.Bad(subject, $"no {voices} agree: {all.Problem!.Detail}", "Replace the nodes that are named, or lower the quorum."));
        }

        return findings;
    }
}
