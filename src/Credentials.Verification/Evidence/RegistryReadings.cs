using Credentials.Anchoring;

namespace Credentials.Verification.Evidence;

/// <summary>What the trusted registries answer to one verification; each question is asked once.</summary>
internal sealed class RegistryReadings(TrustedMaterial trusted, VerificationPolicy policy)
{
    // By registry too: institutions and handles are called alike on every chain.
    private readonly Dictionary<(RegistryAddress Registry, RegistryQuery Query), Task<(RegistryRecord? Record, Doubt? Doubt)>> _answers = [];
    private readonly Lock _gate = new();

    /// <summary>The record of a credential's registry entry, or why there is none.</summary>
    public Task<(RegistryRecord? Record, Doubt? Doubt)> ReadAsync(RegistryEntry entry, MerkleRoot? root, Patience patience)
    {
        var query = new RegistryQuery(entry.Institution, root, entry.Handle);
        lock (_gate)
        {
            if (!_answers.TryGetValue((entry.Registry, query), out Task<(RegistryRecord?, Doubt?)>? answer))
            {
                _answers[(entry.Registry, query)] = answer = AskAsync(entry.Registry, query, patience);
            }

            return answer;
        }
    }

    private async Task<(RegistryRecord? Record, Doubt? Doubt)> AskAsync(RegistryAddress registry, RegistryQuery query, Patience patience)
    {
        if (!policy.UseNetwork)
        {
            return (null, new(ProblemCode.Offline, $"The registry {registry} was not asked: the policy asks for no network.", Remedy.Verifier));
        }

        // Several readers of one registry are several nodes: the first that answers is believed, as each is trusted.
        Doubt? doubt = null;
        foreach (IRegistryReader reader in trusted.Registries.Where(reader => reader.Registry == registry))
        {
            var late = RegistryReading.Unavailable(new(ProblemCode.LedgerUnavailable, $"The node for the registry {registry} did not answer in time."));
            RegistryReading reading = await patience.AskAsync(token => reader.ReadAsync(query, token), late).ConfigureAwait(false);
            if (reading.Record is { } record)
            {
                return (record, null);
            }

            doubt ??= DoubtOf(reading.Problem ?? late.Problem!);
        }

        return (null, doubt ?? new(ProblemCode.LedgerNotTrusted, $"The credential names the registry {registry}, which this verifier has not been told to trust.", Remedy.Verifier));
    }

    private static Doubt DoubtOf(Problem problem) => new(problem, problem.Code == ProblemCode.LedgerMismatch ? Remedy.Verifier : Remedy.TryLater);
}
