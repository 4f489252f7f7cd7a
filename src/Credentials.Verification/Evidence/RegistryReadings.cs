using Credentials.Anchoring;
using Credentials.Evidence;

namespace Credentials.Verification.Evidence;

/// <summary>What is asked of a registry besides root and handle: a key by its verification method, and a path of accreditations that somebody claims.</summary>
internal readonly record struct RegistryQuestion(string? Method, AccreditationPath? Path);

/// <summary>What the trusted registries answer to one verification; each question is asked once, and the first one of an entry is the same for status, anchor, issuer and accreditation.</summary>
internal sealed class RegistryReadings(TrustedMaterial trusted, VerificationPolicy policy, HandedEvidence handed, AccreditationPaths paths)
{
    /// <summary>More questions than any honest credential gives cause to; anybody can name many registries, signatures and paths.</summary>
    private const int MaxQuestions = 48;

    // By registry too: institutions and handles are called alike on every chain. Paths are compared as the objects that they are.
    private readonly Dictionary<(RegistryEntry Entry, MerkleRoot? Root, string? Method, AccreditationPath? Path), Task<(RegistryRecord? Record, Doubt? Doubt)>> _answers = [];
    private readonly Dictionary<RegistryEntry, IReadOnlyList<AccreditationPath>> _known = [];
    private readonly Lock _gate = new();

    /// <summary>The verification method whose key is asked for in passing: the issuer's first that is known of.</summary>
    public string? Method { get; set; }

    /// <summary>The paths of accreditations for an entry's institution that are known without asking anybody.</summary>
    public IReadOnlyList<AccreditationPath> PathsOf(RegistryEntry entry)
    {
        lock (_gate)
        {
            return _known.TryGetValue(entry, out IReadOnlyList<AccreditationPath>? known) ? known : _known[entry] = paths.Of(entry, handed.Paths);
        }
    }

    /// <summary>Whether there is anybody to ask about the registry.</summary>
    public bool CanAsk(RegistryEntry entry) => policy.UseNetwork || handed.Registries.Any(reader => reader.Registry == entry.Registry);

    /// <summary>The record of a credential's registry entry, or why there is none; with all that is known to be needed of it.</summary>
    public Task<(RegistryRecord? Record, Doubt? Doubt)> ReadAsync(RegistryEntry entry, MerkleRoot? root, Patience patience) =>
        ReadAsync(entry, root, new(Method, PathsOf(entry) is [var first, ..] ? first : null), patience);

    /// <summary>The same, with a question of one's own.</summary>
    public Task<(RegistryRecord? Record, Doubt? Doubt)> ReadAsync(RegistryEntry entry, MerkleRoot? root, RegistryQuestion question, Patience patience)
    {
        lock (_gate)
        {
            if (!_answers.TryGetValue((entry, root, question.Method, question.Path), out Task<(RegistryRecord?, Doubt?)>? answer))
            {
                if (_answers.Count >= MaxQuestions)
                {
                    return Task.FromResult<(RegistryRecord?, Doubt?)>((null, new(ProblemCode.LedgerUnavailable, "The credential gives cause to more questions to registries than this verifier asks.", Remedy.Issuer)));
                }

                var query = new RegistryQuery(entry.Institution, root, entry.Handle) { VerificationMethod = question.Method, Identity = question.Path?.Identity, Path = question.Path?.Links ?? [] };
                _answers[(entry, root, question.Method, question.Path)] = answer = AskAsync(entry.Registry, query, patience);
            }

            return answer;
        }
    }

    private async Task<(RegistryRecord? Record, Doubt? Doubt)> AskAsync(RegistryAddress registry, RegistryQuery query, Patience patience)
    {
        // What was handed over says how things stood once; a node knows better, if there is one.
        IEnumerable<IRegistryReader> readers = (policy.UseNetwork ? trusted.Registries : []).Concat(handed.Registries);

        // Several readers of one registry are several nodes: the first that answers is believed, as each is trusted.
        Doubt? doubt = null;
        foreach (IRegistryReader reader in readers.Where(reader => reader.Registry == registry))
        {
            var late = RegistryReading.Unavailable(new(ProblemCode.LedgerUnavailable, $"The node for the registry {registry} did not answer in time."));
            RegistryReading reading = await patience.AskAsync(token => reader.ReadAsync(query, token), late).ConfigureAwait(false);
            if (reading.Record is { } record)
            {
                return (record, null);
            }

            doubt ??= DoubtOf(reading.Problem ?? late.Problem!);
        }

        return (null, doubt ?? (policy.UseNetwork
            ? new(ProblemCode.LedgerNotTrusted, $"The credential names the registry {registry}, which this verifier has not been told to trust.", Remedy.Verifier)
            : new(ProblemCode.Offline, $"The registry {registry} was not asked: the policy asks for no network.", Remedy.Verifier)));
    }

    private static Doubt DoubtOf(Problem problem) => new(problem, problem.Code switch
    {
        ProblemCode.LedgerMismatch or ProblemCode.HeaderUnsupported or ProblemCode.WitnessNotTrusted => Remedy.Verifier,
        ProblemCode.EvidenceError => Remedy.Holder,
        _ => Remedy.TryLater,
    });
}
