using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>Whether the credential is about the one who presents it.</summary>
internal sealed class HolderBindingCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => CheckName.HolderBinding;

    /// <inheritdoc/>
    public Task<CheckResult> RunAsync(Verification verification, Patience patience) =>
        Task.FromResult(Check.Skipped(Name, "The credential was not presented by anybody: who holds it was not asked."));
}
