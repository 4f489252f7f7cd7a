using Credentials.Dids;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>Whether the keys that signed a presentation are its holder's, and may authenticate.</summary>
/// <remarks>
/// A key is the holder's when it lies in the holder's own DID document with the holder as its controller, or lies elsewhere and the holder's document lists it for authentication. A presentation that names no holder is presented by whoever signed it.
/// Failed: somebody else signed, or with a key that was over. Indeterminate: the holder's document cannot be had, or no longer lists the key.
/// </remarks>
internal sealed class PresenterCheck(KeyFinder keys, DateTimeOffset now, Patience patience)
{
    /// <summary>The presenter whom the signatures prove, once the check has passed.</summary>
    public static Presenter PresenterOf(string? holder, IReadOnlyList<HeldSignature> held, bool mustMatch) => new(
        [.. held.Select(one => one.Found.Document.Id).Prepend(holder).OfType<string>().Distinct(StringComparer.Ordinal)],
        [.. held.Select(one => one.Found.Method.Id)],
        [.. held.Select(one => one.Found.Key)],
        mustMatch);

    /// <summary>Judges the signatures; every one must be the holder's.</summary>
    public async Task<CheckResult> RunAsync(string? holder, IReadOnlyList<HeldSignature> held)
    {
        CheckResult[] parts = await Task.WhenAll(held.Select(one => JudgeAsync(holder ?? one.Found.Document.Id, one.Found))).ConfigureAwait(false);
        return Check.Worst(CheckName.HolderBinding, parts);
    }

    private async Task<CheckResult> JudgeAsync(string holder, FoundKey found)
    {
        string method = found.Method.Id;
        if (!holder.StartsWith("did:", StringComparison.Ordinal))
        {
            return Check.CannotTell(CheckName.HolderBinding, ProblemCode.InvalidDid, $"The holder is named by '{holder}', which is no DID: no key can be tied to it.", Remedy.Holder);
        }

        (DidDocument? document, Doubt? doubt) = found.Document.Id == holder ? (found.Document, null) : await keys.DocumentOfAsync(holder, patience).ConfigureAwait(false);
        if (document is null)
        {
            return Check.CannotTell(CheckName.HolderBinding, doubt!);
        }

        if (found.Method.Controller != holder)
        {
            return Check.Failed(CheckName.HolderBinding, ProblemCode.HolderMismatch, $"The presentation says that {holder} holds it, but it was signed by {found.Document.Id}.", Remedy.Holder);
        }

        if (!document.AuthenticationMethods.Contains(method, StringComparer.Ordinal))
        {
            return Check.CannotTell(CheckName.HolderBinding, ProblemCode.InvalidVerificationMethod, $"{holder} does not list the key {method} among those with which it shows who it is (any more).", Remedy.Holder);
        }

        return found.Over <= now
            ? Check.Failed(CheckName.HolderBinding, ProblemCode.KeyNotValid, $"The key {method} was given up on {Check.Say(found.Over.Value)}: it shows no longer who presents.", Remedy.Holder)
            : Check.Passed(CheckName.HolderBinding, $"Presented by {holder} with a key of its own, {method}.");
    }
}
