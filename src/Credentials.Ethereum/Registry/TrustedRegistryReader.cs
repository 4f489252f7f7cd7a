using Credentials.Anchoring;

namespace Credentials.Ethereum.Registry;

/// <summary>Reads a trusted chain's registry through one trusted node, and believes it only when all four marks match.</summary>
/// <param name="chain">What is trusted.</param>
/// <param name="ledger">The node.</param>
public sealed class TrustedRegistryReader(TrustedChain chain, ILedger ledger) : IRegistryReader
{
    // A block boundary or a reorganisation between the answers is over by the next try.
    private const int Tries = 3;

    /// <inheritdoc/>
    public RegistryAddress Registry => chain.Registry;

    /// <inheritdoc/>
    public async Task<RegistryReading> ReadAsync(RegistryQuery query, CancellationToken cancellationToken)
    {
        LookupQuery lookup = LookupQuery.Of(query);
        try
        {
            string? contradiction = null;
            for (int attempt = 0; attempt < Tries; attempt++)
            {
                RegistryView view = await ledger.ReadRegistryAsync(chain.Contract, lookup, cancellationToken);
                if (chain.MismatchIn(view.Marks) is { } mismatch)
                {
                    return RegistryReading.Unavailable(new(ProblemCode.LedgerMismatch, mismatch));
                }

                contradiction = view.Contradiction();
                if (contradiction is null)
                {
                    return RegistryReading.Of(RecordOf(query, view));
                }
            }

            return Unavailable($"The node's answers contradict each other ({contradiction}), as they do while the chain is reorganised. Try again later.");
        }
        catch (LedgerUnavailableException fault)
        {
            return Unavailable(fault.Message);
        }
    }

    private static RegistryRecord RecordOf(RegistryQuery query, RegistryView view)
    {
        RegistryState latest = view.Latest.State!;
        return new(
            latest.Exists,
            query.Root is null ? null : FactOf(view, static state => state.AnchoredAt, latest.AnchoredBlock),
            query.Handle is null ? null : FactOf(view, static state => state.RevokedAt, null),
            view.Latest.Block.Time)
        {
            Distrusted = ContractTime.OfOptional(latest.DistrustedAt),
            Key = latest.Key?.ToFact(),
            CurrentIdentity = latest.CurrentIdentity == default ? null : latest.CurrentIdentity,
            Identity = latest.Identity.ToFact(),
            Succession = latest.Succession.ToFact(),
            Path = latest.Path.Select(static link => link.ToFact()).ToArray(),
        };
    }

    private static SettledFact? FactOf(RegistryView view, Func<RegistryState, ulong> time, ulong? block)
    {
        bool Shows(RegistrySnapshot? snapshot) => snapshot?.State is { } state && time(state) != 0;
        Finality finality = Shows(view.Finalized) ? Finality.Finalized : Shows(view.Safe) ? Finality.Safe : Finality.Included;
        return Shows(view.Latest)
            ? new(DateTimeOffset.FromUnixTimeSeconds((long)time(view.Latest.State!)), block, finality)
            : null;
    }

    private static RegistryReading Unavailable(string detail) => RegistryReading.Unavailable(new(ProblemCode.LedgerUnavailable, detail));
}
