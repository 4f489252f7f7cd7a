using System.ComponentModel;
using System.Text.Json;

namespace Credentials.VerifierWeb.Api;

/// <summary>The request's shape for the description of the API; the body itself is read as text, because a credential is verified as received.</summary>
internal sealed record VerifyCredentialRequest(
    [property: Description("The credential, VCDM 2.0 or 1.1, with its Data Integrity proofs, or an EnvelopedVerifiableCredential.")] JsonElement VerifiableCredential,
    VerifyOptions? Options);

internal sealed record VerifyPresentationRequest(
    [property: Description("The presentation, VCDM 2.0 or 1.1, with its Data Integrity proofs, or an EnvelopedVerifiablePresentation.")] JsonElement VerifiablePresentation,
    VerifyPresentationOptions? Options);

internal record VerifyOptions(
    [property: Description("default, require-anchor, require-accreditation or offline.")] string? Policy,
    [property: Description("The checks that decide besides format, proof and issuer: validity-period, status (credentialStatus), schema (credentialSchema), anchor, accreditation.")] IReadOnlyList<string>? Checks);

internal sealed record VerifyPresentationOptions(
    string? Policy,
    IReadOnlyList<string>? Checks,
    [property: Description("The text that the holder was asked to sign.")] string? Challenge,
    [property: Description("In whose name it was asked.")] string? Domain) : VerifyOptions(Policy, Checks);

/// <summary>The answer's shape for the description of the API.</summary>
internal sealed record VerifyPresentationResponse(
    [property: Description("verified, rejected or indeterminate.")] string Verdict,
    bool Verified,
    [property: Description("How it was secured: data-integrity, vp+jwt, ...; absent when no form was recognised.")] string? Form,
    string Policy,
    [property: Description("The time for which the answer holds.")] DateTimeOffset At,
    [property: Description("Name of the check that decided; absent when verified.")] string? Decisive,
    [property: Description("The DID whose key signed the presentation.")] string? Presenter,
    IReadOnlyList<CheckAnswer> Checks,
    [property: Description("One answer a credential, in the presentation's order.")] IReadOnlyList<VerifyCredentialResponse> Credentials,
    [property: Description("What decided, in the shape of RFC 9457.")] IReadOnlyList<ProblemAnswer> ProblemDetails,
    [property: Description("What was told and did not count.")] IReadOnlyList<ProblemAnswer> Warnings);

/// <summary>The answer's shape for the description of the API, as <see cref="Verification.VerificationResultJson"/> writes it.</summary>
internal sealed record VerifyCredentialResponse(
    [property: Description("verified, rejected or indeterminate.")] string Verdict,
    bool Verified,
    [property: Description("How it was secured: data-integrity, vc+jwt, ...; absent when no form was recognised.")] string? Form,
    string Policy,
    [property: Description("The time for which the answer holds.")] DateTimeOffset At,
    [property: Description("Name of the check that decided; absent when verified.")] string? Decisive,
    string? CredentialId,
    string? Issuer,
    AnchorAnswer? Anchor,
    [property: Description("Who vouched for the institution when the anchor was made.")] AccreditationAnswer? Accreditation,
    [property: Description("Who succeeded the institution, which was closed or merged since.")] SuccessionAnswer? Succession,
    [property: Description("The issuer's key, where it was given up after the anchor was made.")] KeyGivenUpAnswer? KeyGivenUp,
    [property: Description("The id of the credential by which the issuer replaced this one.")] string? ReplacedBy,
    IReadOnlyList<CheckAnswer> Checks,
    [property: Description("What decided, in the shape of RFC 9457.")] IReadOnlyList<ProblemAnswer> ProblemDetails,
    [property: Description("What could not be checked and was not required.")] IReadOnlyList<ProblemAnswer> Warnings);

internal sealed record AnchorAnswer(DateTimeOffset Time, ulong? Block, [property: Description("included, safe or finalized.")] string Finality);

internal sealed record AccreditationAnswer(
    [property: Description("The institution's id in its registry.")] string Institution,
    string Name,
    [property: Description("Id of the accreditor that vouched for it directly.")] string Accreditor,
    string AccreditorName,
    [property: Description("Id of the trusted accreditor on whose word it rests.")] string Authority,
    string AuthorityName,
    DateTimeOffset Since,
    DateTimeOffset? Until,
    [property: Description("When it was withdrawn since.")] DateTimeOffset? WithdrawnAt,
    [property: Description("eqf-1 to eqf-8, without-level.")] IReadOnlyList<string> Scope);

internal sealed record SuccessionAnswer(string Successor, DateTimeOffset Since);

internal sealed record KeyGivenUpAnswer(DateTimeOffset At, [property: Description("retired or compromised.")] string Reason);

internal sealed record CheckAnswer(
    [property: Description("format, proof, issuer, validity-period, status, anchor, accreditation, schema or holder-binding.")] string Check,
    [property: Description("passed, failed, indeterminate or skipped.")] string Outcome,
    string Detail,
    [property: Description("Who can mend it: tryLater, verifier, holder or issuer.")] string? Remedy,
    ProblemAnswer? Problem);

internal sealed record ProblemAnswer(Uri Type, string Title, string Detail, string Code, string Check, string? Pointer);
