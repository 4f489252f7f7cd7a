using Credentials.Anchoring;
using Credentials.Evidence;

namespace Credentials.Verification.Bundles;

/// <summary>A header that counts: its hash is a checkpoint, or a trusted witness saw it.</summary>
/// <param name="Chain">The chain's marks and reader.</param>
/// <param name="Header">The header.</param>
/// <param name="Seen">By whom, in words.</param>
/// <remarks>A header carries no proof of its own: anybody can write one down, with a whole state under it. So nothing under it is looked at before somebody who is trusted has vouched for it.</remarks>
internal sealed record WitnessedHeader(EvidenceChain Chain, EvidenceHeader Header, string Seen)
{
    /// <summary>How long after a block's own time a time-stamp still vouches for it. An authority sees a digest and not the chain: what it stamps much later may have been made up in between.</summary>
    public static readonly TimeSpan LatestStamp = TimeSpan.FromDays(1);

    /// <summary>How far clocks of chains and witnesses may be apart.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

    /// <summary>Judges the header of some evidence; never throws.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <param name="root">The root for which it was collected.</param>
    /// <param name="trusted">Chains, checkpoints and witnesses.</param>
    public static Parsed<WitnessedHeader> Judge(ChainEvidence evidence, MerkleRoot? root, TrustedMaterial trusted)
    {
        if (trusted.EvidenceChains.FirstOrDefault(chain => chain.Registry == evidence.Registry) is not { } chain)
        {
            return new Problem(ProblemCode.LedgerNotTrusted, $"The evidence is of the registry {evidence.Registry}, which this verifier has not been told to trust.");
        }

        if (!chain.GenesisHash.Equals(evidence.GenesisHash))
        {
            return new Problem(ProblemCode.LedgerMismatch, $"The evidence is of another chain with the same id: its genesis hash is {evidence.GenesisHash}, the trusted one is {chain.GenesisHash}.");
        }

        Parsed<EvidenceHeader> header = chain.Reader.ReadHeader(evidence.Header);
        if (!header.Ok)
        {
            return header.Problem;
        }

        if (trusted.Checkpoints.Any(known => known.ChainId == chain.Registry.ChainId && known.BlockHash.Equals(header.Value.Hash)))
        {
            return new WitnessedHeader(chain, header.Value, "a checkpoint of this verifier");
        }

        Problem? doubt = null;
        foreach ((WitnessStatement statement, TrustedWitness witness) in root is null ? [] : evidence.Witnesses.SelectMany(statement => trusted.Witnesses.Select(witness => (statement, witness))))
        {
            var said = new HeaderStatement(chain.Registry, chain.GenesisHash, root ?? default, header.Value.Hash);
            Problem? problem = FaultOf(statement, witness, said, header.Value.Time);
            if (problem is null)
            {
                return new WitnessedHeader(chain, header.Value, $"seen by {witness.Name}");
            }

            doubt ??= problem;
        }

        string why = evidence.Witnesses.Count == 0 ? "no witness has signed or time-stamped it" : doubt?.Detail ?? (trusted.Witnesses.Count == 0 ? "this verifier has not been told to trust any witness" : "the evidence does not say for which root");
        return new Problem(ProblemCode.WitnessNotTrusted, $"That block {header.Value.Number} is of the chain is not shown: it is no checkpoint of this verifier, and {why.TrimEnd('.')}.");
    }

    private static Problem? FaultOf(WitnessStatement statement, TrustedWitness witness, HeaderStatement said, DateTimeOffset blockTime)
    {
        (DateTimeOffset? time, Problem? problem) = (statement.Type, witness) switch
        {
            (WitnessStatement.TimeStamp, { Certificate: { } certificate }) => TimeStampToken.Verify(statement.Value, said.Digest, certificate),
            (WitnessStatement.Signature, { Key: { } key }) => WitnessSignature.Verify(statement.Value, said, key),
            _ => (null, new Problem(ProblemCode.EvidenceError, "Its witness is none that this verifier has been told to trust.")),
        };
        return time is not { } seen ? problem
            : seen < blockTime - Tolerance ? new(ProblemCode.EvidenceError, $"The witness {witness.Name} saw it before its own time.")
            : statement.Type == WitnessStatement.TimeStamp && seen - blockTime > LatestStamp ? new(ProblemCode.EvidenceError, $"It was time-stamped by {witness.Name} only on {Checks.Check.Say(seen)}, long after its own time.")
            : null;
    }
}
