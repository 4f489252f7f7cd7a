using Credentials.Anchoring;
using Credentials.Ethereum.Registry;

namespace Credentials.Ethereum.Proofs;

/// <summary>From a header that is believed and a proof that is not, to what the registry said at that block.</summary>
internal static class ProvenReading
{
    /// <summary>Verifies the proof and reads the answer. <see cref="ProblemCode.LedgerMismatch"/> says that it is proven, of another contract or of none.</summary>
    public static Parsed<RegistryRecord> Read(TrustedChain chain, EncodedHeader header, StateProof proof, SlotQuestion question, Func<ulong, Finality> settled)
    {
        Parsed<ProvenState> state = ProvenState.Verify(header.StateRoot, chain.Contract, proof);
        return !state.Ok ? state.Problem
            : !state.Value.CodeHash.Equals(chain.CodeHash) ? new Problem(ProblemCode.LedgerMismatch, $"There is another contract, or none, at {chain.Contract} at block {header.Number}: its code hash is {state.Value.CodeHash}, the trusted one is {chain.CodeHash}.")
            : question.Answer(state.Value, header, settled);
    }
}
