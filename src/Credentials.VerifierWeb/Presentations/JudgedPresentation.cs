using System.Text.Json;
using Credentials.OpenId.Presentation.Dcql;
using Credentials.Verification;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>One presentation: what it shows, and what is to be made of it.</summary>
/// <param name="QueryId">The credential query that it answers.</param>
/// <param name="Format">Its format.</param>
internal sealed record JudgedPresentation(string QueryId, string Format)
{
    /// <summary>Of a presentation with the holder's proof; null for a bare credential.</summary>
    public PresentationResult? Presentation { get; init; }

    /// <summary>The verdict on the credential; null where the presentation could not be opened.</summary>
    public VerificationResult? Credential { get; init; }

    /// <summary>As the query language sees it; null where nothing could be opened.</summary>
    public DcqlCredential? Shown { get; init; }

    /// <summary>Whether the presentation's proof and its holder binding were checked and hold; true as well where no binding was asked for.</summary>
    public bool IsBound { get; init; } = true;

    /// <summary>The verdict; of a presentation whose binding could not be established never verified.</summary>
    public Verdict Verdict => (Presentation?.Verdict ?? Credential?.Verdict ?? Verdict.Rejected) is var verdict && verdict == Verdict.Verified && !IsBound ? Verdict.Indeterminate : verdict;

    /// <summary>The check that decided; null when verified.</summary>
    public CheckResult? Decisive => Presentation?.Decisive ?? Credential?.Decisive ?? (IsBound ? null : Presentation?.Checks.FirstOrDefault(check => check.Outcome != CheckOutcome.Passed));

    /// <summary>Whether the credential's own proof holds and it was its holder who gave it, so that its claims are somebody's word and for us to see.</summary>
    public bool IsProven => IsBound && Credential?[CheckName.Proof].Outcome == CheckOutcome.Passed;

    /// <summary>The same with what the asker is shown, and nothing else: of a document that is unproven, or not its holder's, only how the checks came out.</summary>
    public JudgedPresentation Kept() => IsProven
        ? this with { Presentation = Presentation is { } whole ? whole with { Presentation = null } : null }
        : this with
        {
            Presentation = Presentation is { } unproven ? unproven with { Presentation = null, Credentials = [.. unproven.Credentials.Select(Emptied)] } : null,
            Credential = Credential is { } credential ? Emptied(credential) : null,
            Shown = null,
        };

    private static VerificationResult Emptied(VerificationResult result) => result with { Credential = null };

    /// <summary>The claims that were shown, and nothing that merely goes with them: of an SD-JWT what was disclosed, of others the subject.</summary>
    public IEnumerable<(string Name, JsonElement Value)> Claims => Shown is not { } shown ? []
        : shown.Format == OpenId.CredentialFormat.SdJwtVc ? shown.Json.EnumerateObject().Where(member => shown.Disclosures.Any(pointer => pointer == "/" + member.Name || pointer.StartsWith($"/{member.Name}/", StringComparison.Ordinal))).Select(member => (member.Name, member.Value))
        : shown.Json.TryGetProperty("credentialSubject", out JsonElement subject) && subject.ValueKind == JsonValueKind.Object ? subject.EnumerateObject().Select(member => (member.Name, member.Value))
        : [];
}
