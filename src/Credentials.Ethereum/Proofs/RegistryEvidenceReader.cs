using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;

namespace Credentials.Ethereum.Proofs;

/// <summary>Reads one trusted chain's registry out of evidence: verifies every proof under the state root of the evidence's own header, and the contract's code hash. Pure; throws for no input.</summary>
/// <remarks>All four marks of the chain must fit. That the header is of the chain at all nothing in the evidence can prove: that is the caller's to judge.</remarks>
/// <param name="chain">What is trusted.</param>
public sealed class RegistryEvidenceReader(TrustedChain chain) : IRegistryEvidenceReader
{
    /// <inheritdoc/>
    public RegistryReading Read(ChainEvidence evidence, RegistryQuery query)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(query);
        if (evidence.Registry != chain.Registry || !evidence.GenesisHash.Equals(chain.GenesisHash))
        {
            return RegistryReading.Unavailable(new(ProblemCode.LedgerMismatch, $"The evidence is of the registry {evidence.Registry} on the chain with genesis {evidence.GenesisHash}; the trusted one is {chain.Registry} with genesis {chain.GenesisHash}."));
        }

        Parsed<EncodedHeader> header = EncodedHeader.Read(evidence.Header);
        if (!header.Ok)
        {
            return RegistryReading.Unavailable(header.Problem);
        }

        Parsed<RegistryRecord> record = ProvenReading.Read(chain, header.Value, new(evidence.AccountProof, evidence.StorageProofs), new(query), static _ => Finality.Finalized);
        return record.Ok ? RegistryReading.Of(record.Value with { Assurance = RegistryAssurance.Bundle }) : RegistryReading.Unavailable(record.Problem);
    }

    /// <inheritdoc/>
    public Parsed<EvidenceHeader> ReadHeader(ReadOnlyMemory<byte> header) =>
        EncodedHeader.Read(header) is { Ok: true, Value: { } read } parsed
            ? new EvidenceHeader(read.Hash, read.Number, read.Time, read.StateRoot)
            : EncodedHeader.Read(header).Problem!;
}
