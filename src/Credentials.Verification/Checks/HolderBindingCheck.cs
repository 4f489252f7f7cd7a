using System.Text.Json;
using Credentials.Enveloping;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>Whether the credential is about the one who presents it: by the key that its issuer wrote down (<c>cnf</c>), else by the id of a subject.</summary>
/// <remarks>
/// Failed: the proven credential names somebody else than the proven presenter, and the relying party asked for its own (<see cref="HolderBinding.Required"/>). Where that was not asked, it is told and does not count: a parent may present a child's.
/// Indeterminate: the credential names nobody.
/// </remarks>
internal sealed class HolderBindingCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => CheckName.HolderBinding;

    /// <inheritdoc/>
    public Task<CheckResult> RunAsync(Verification verification, Patience patience) => Task.FromResult(verification.Presenter is { } presenter
        ? Judge(presenter, verification.Secured.Envelope?.Confirmation, [.. SubjectsOf(verification.Credential.Json)])
        : Check.Skipped(Name, "The credential was not presented by anybody: whose it is was not asked."));

    private CheckResult Judge(Presenter presenter, Confirmation? confirmation, IReadOnlyList<string> subjects)
    {
        if (confirmation is not null)
        {
            return IsKeyOf(confirmation, presenter)
                ? Check.Passed(Name, "The credential was presented with the key that its issuer wrote into it.")
                : Mismatch(presenter, $"The credential is bound to another key than the one with which {presenter.Name} presented it.");
        }

        if (subjects.Count == 0)
        {
            return Check.CannotTell(Name, ProblemCode.HolderMismatch, "The credential does not say whose it is: anybody may present it.", Remedy.Issuer);
        }

        return subjects.Intersect(presenter.Ids, StringComparer.Ordinal).FirstOrDefault() is { } own
            ? Check.Passed(Name, $"The credential is about {own}, who presented it.")
            : Mismatch(presenter, $"The credential is about {string.Join(", ", subjects.Take(4))}, but {presenter.Name} presented it.");
    }

    private CheckResult Mismatch(Presenter presenter, string detail) => presenter.MustMatch
        ? Check.Failed(Name, ProblemCode.HolderMismatch, detail, Remedy.Holder)
        : Check.CannotTell(Name, ProblemCode.HolderMismatch, detail + " Whether it may is for you to judge.", Remedy.Holder);

    private static bool IsKeyOf(Confirmation confirmation, Presenter presenter) =>
        (confirmation.Key is { } key && presenter.Keys.Contains(key)) || (confirmation.KeyId is { } id && presenter.Methods.Contains(id, StringComparer.Ordinal));

    private static IEnumerable<string> SubjectsOf(JsonElement credential)
    {
        JsonElement subject = credential.GetProperty("credentialSubject");
        return (subject.ValueKind == JsonValueKind.Array ? subject.EnumerateArray().ToArray() : [subject])
            .Select(one => one.TryGetProperty("id", out JsonElement id) ? id.GetString() : null)
            .OfType<string>();
    }
}
