using Credentials.DataModel;

namespace Credentials.Verification;

/// <summary>The answer to a presentation: of itself, and of every credential in it.</summary>
/// <param name="Verdict">Rejected when a check of its own failed or a credential is rejected; otherwise indeterminate when one of them is; otherwise verified.</param>
/// <param name="Checks">Its own checks, in the order of <see cref="CheckName.OfPresentations"/>.</param>
/// <param name="Presentation">The presentation as read; null when the format check did not pass, and for an SD-JWT with key binding, which is a credential and a presentation in one.</param>
/// <param name="Credentials">One result a credential, in the presentation's order; empty when the presentation's own proof failed, and when it carries none: verified then says who presents, and of no credential anything.</param>
/// <param name="At">The time for which the answer holds.</param>
public sealed record PresentationResult(Verdict Verdict, IReadOnlyList<CheckResult> Checks, VerifiablePresentation? Presentation, IReadOnlyList<VerificationResult> Credentials, DateTimeOffset At)
{
    /// <summary>The check of that name.</summary>
    /// <exception cref="InvalidOperationException">No name of <see cref="CheckName.OfPresentations"/>.</exception>
    public CheckResult this[string name] => Checks.First(check => check.Name == name);

    /// <summary>The check that decided, the presentation's own or a credential's; null when verified.</summary>
    public CheckResult? Decisive { get; init; }

    /// <summary>The DID whose key signed the presentation; null when that did not hold.</summary>
    public string? Presenter { get; init; }

    /// <summary>As <see cref="VerificationResult.Form"/>.</summary>
    public string? Form { get; init; }

    /// <summary>Name of the policy under which the answer was given.</summary>
    public string Policy { get; init; } = "";
}
