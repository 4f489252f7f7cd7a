using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.Verification.Evidence;
using Credentials.Verification.Forms;

namespace Credentials.Verification.Checks;

/// <summary>One verification under way: a credential whose signatures hold, and the ways to evidence about it.</summary>
internal sealed class Verification
{
    private readonly Lazy<AnchorEvidence> _receipts;

    /// <summary>A verification of a credential, with the receipts that it carries and that came beside it.</summary>
    public Verification(VerifiableCredential credential, SecuredDocument secured, Lazy<AnchorEvidence> receipts) => (Credential, Secured, _receipts) = (credential, secured, receipts);

    /// <summary>What is expected.</summary>
    public required VerificationPolicy Policy { get; init; }

    /// <summary>What is trusted, and the ways to the outside; none of them is to be used when the policy asks for no network.</summary>
    public required TrustedMaterial Trusted { get; init; }

    /// <summary>The time judged.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The time at which a signature without an anchor is known to be there: now by the clock, or later where a later time is judged.</summary>
    public required DateTimeOffset Seen { get; init; }

    /// <summary>The credential.</summary>
    public VerifiableCredential Credential { get; }

    /// <summary>The form that secures it.</summary>
    public SecuredDocument Secured { get; }

    /// <summary>Who presents it; null when nobody does.</summary>
    public Presenter? Presenter { get; init; }

    /// <summary>Its signatures.</summary>
    public required ProofFindings Proofs { get; init; }

    /// <summary>Those of them that are the issuer's; none only when the policy lets the issuer decide nothing.</summary>
    public required IReadOnlyList<IssuerSignature> IssuerSignatures { get; init; }

    /// <summary>Those of the issuer's that are not over; all of them when all are.</summary>
    public IReadOnlyList<IssuerSignature> StandingSignatures =>
        IssuerSignatures.Where(one => !one.IsOver(Now)).ToArray() is { Length: > 0 } standing ? standing : IssuerSignatures;

    /// <summary>Status lists, verified.</summary>
    public required StatusLists Lists { get; init; }

    /// <summary>Token status lists, verified.</summary>
    public required TokenStatusLists Tokens { get; init; }

    /// <summary>Schemas, found.</summary>
    public required Schemas Schemas { get; init; }

    /// <summary>Answers of trusted registries, each asked once.</summary>
    public required RegistryReadings Registries { get; init; }

    /// <summary>The issuer's keys as registries keep them.</summary>
    public required RegistryKeys Keys { get; init; }

    /// <summary>The same for its status lists, where a registry's word was needed for the credential itself; a DID document that was had serves both.</summary>
    public RegistryKeys? KeysOfLists => Proofs.Held.Any(one => one.Found.Registered is not null) ? Keys : null;

    /// <summary>The paths of accreditations that the issuer names.</summary>
    public required AccreditationPaths Paths { get; init; }

    /// <summary>The receipts, judged against the document alone.</summary>
    public AnchorEvidence Receipts => _receipts.Value;

    /// <summary>The earliest anchor, once its check has passed.</summary>
    public SettledFact? Anchor { get; set; }

    /// <summary>Under which institution it lies.</summary>
    public RegistryEntry? AnchoredBy { get; set; }

    /// <summary>Of a wallet's copy, the anchor of its award, once the anchor check has passed by that.</summary>
    public AwardedFact? Award { get; set; }

    /// <summary>Who vouched for that institution, once that check has passed.</summary>
    public AccreditationFinding? Accreditation { get; set; }

    /// <summary>Who succeeded the institution.</summary>
    public SuccessionFact? Succession { get; set; }

    /// <summary>The id of the credential that replaced this one, as the issuer's list of messages tells; it means something only where this one is revoked.</summary>
    public string? ReplacedBy { get; set; }

    /// <summary>The issuer's key, where it was given up after the anchor.</summary>
    public KeyFact? GivenUp { get; set; }

    /// <summary>Whether an anchor older than <see cref="Anchor"/> may be there that could not be read.</summary>
    public bool MayBeOlder { get; set; }
}
