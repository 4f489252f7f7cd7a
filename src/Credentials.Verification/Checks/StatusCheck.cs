using Credentials.DataModel;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>Whether the issuer has revoked or suspended the credential, by every entry of its <c>credentialStatus</c>.</summary>
/// <remarks>
/// Failed: a status list that verifies, or the registry of a trusted chain, says so. Revoked outranks suspended, and both outrank what could not be had: one proven revocation is enough.
/// One that its issuer revoked and replaced is said to be replaced, and by what: its list of messages tells.
/// Skipped: the credential has no entry that could withdraw it (what entries of other purposes there are is told), so that its issuer gave up the means to withdraw it; a policy that requires the status is satisfied by that, for there is nothing to ask.
/// Indeterminate: anything unreachable, forged, out of date or unknown.
/// </remarks>
internal sealed class StatusCheck : ICheck
{
    /// <summary>More entries than any credential needs; each may cost a fetch.</summary>
    private const int MaxEntries = 16;

    /// <summary>How many lists one credential may have in memory at once: a list is up to 16 MiB of bits, and anybody can sign sixteen of them.</summary>
    private const int ListsAtOnce = 2;

    /// <inheritdoc/>
    public string Name => CheckName.Status;

    /// <inheritdoc/>
    public async Task<CheckResult> RunAsync(Verification verification, Patience patience)
    {
        VerifiableCredential credential = verification.Credential;
        int entries = credential.StatusEntries.Count + credential.TokenStatusEntries.Count + credential.RegistryEntries.Count;
        if (entries > MaxEntries)
        {
            return Check.CannotTell(Name, ProblemCode.StatusVerificationError, $"The credential has {entries} status entries; this verifier looks up at most {MaxEntries}.", Remedy.Issuer);
        }

        if (entries + credential.UnknownStatusTypes.Count == 0)
        {
            return Check.Skipped(Name, "The credential has no status: its issuer kept no means to withdraw it.");
        }

        var parts = new List<CheckResult>();
        using var gate = new SemaphoreSlim(ListsAtOnce);
        Task<CheckResult[]> lists = Task.WhenAll(
        [
            .. credential.StatusEntries.Select(entry => OneOfFewAsync(gate, () => ListStatus.RunAsync(entry, verification, patience))),
            .. credential.TokenStatusEntries.Select(entry => OneOfFewAsync(gate, () => TokenStatus.RunAsync(entry, verification, patience))),
        ]);
        CheckResult[] registries = await Task.WhenAll(credential.RegistryEntries.Select(entry => RegistryStatus.RunAsync(entry, verification, patience))).ConfigureAwait(false);
        bool suffices = verification.Policy.RegistryStatusSuffices && registries.Length > 0 && Array.TrueForAll(registries, part => part.Outcome == CheckOutcome.Passed);
        parts.AddRange((await lists.ConfigureAwait(false)).Select(part => suffices && part.Outcome == CheckOutcome.Indeterminate ? InsteadOf(part) : part));
        parts.AddRange(registries);
        parts.AddRange(credential.UnknownStatusTypes.Take(1).Select(type =>
            Check.CannotTell(Name, ProblemCode.StatusRetrievalError, $"The credential has a status of the type '{type}', which this verifier does not know.", Remedy.Verifier)));

        // Revoked is for good and suspended is not: say the one that will not go away.
        parts.Sort((a, b) => (b.Problem?.Code == ProblemCode.CredentialRevoked).CompareTo(a.Problem?.Code == ProblemCode.CredentialRevoked));
        return parts[0].Problem?.Code == ProblemCode.CredentialRevoked && verification.ReplacedBy is { } successor
            ? Check.Failed(Name, ProblemCode.CredentialSuperseded, $"The issuer replaced the credential by {successor}; this one no longer counts.", Remedy.Holder)
            : parts.TrueForAll(part => part.Outcome == CheckOutcome.Skipped)
            ? Check.Skipped(Name, string.Join(' ', parts.Select(part => part.Detail)))
            : Check.Worst(Name, parts);
    }

    private static CheckResult InsteadOf(CheckResult list) => Check.Skipped(CheckName.Status, $"A status list could not be had, and the policy takes the registry's word instead, which knows of no suspensions: {list.Detail}");

    /// <summary>Of a list nothing is kept but what it says of the one credential.</summary>
    private static async Task<CheckResult> OneOfFewAsync(SemaphoreSlim gate, Func<Task<CheckResult>> judge)
    {
        await gate.WaitAsync().ConfigureAwait(false);
        try
        {
            return await judge().ConfigureAwait(false);
        }
        finally
        {
            gate.Release();
        }
    }
}
