using System.Text.Json;
using Credentials.Anchoring;
using Credentials.DataIntegrity;
using Credentials.DataModel;
using Credentials.Encoding;
using Credentials.Enveloping;
using Credentials.Keys;
using Credentials.Securing;
using Credentials.Verification;

namespace Credentials.Cli.Commands;

/// <summary><c>credentials verify --key FILE</c>: the form and the signatures of a document under one key that the caller brings, and nothing else.</summary>
internal static class SignatureUnderKey
{
    private const string Policy = "signature under the key that was given";

    /// <summary>Checks format and proof; every other check is skipped, for whose key it is was not asked.</summary>
    public static VerificationResult Verify(ReadOnlyMemory<byte> document, PublicKey key, DateTimeOffset now)
    {
        Parsed<Opened> opened = Open(document);
        if (!opened.Ok)
        {
            return Answer(now, null, Found(CheckName.Format, CheckOutcome.Indeterminate, opened.Problem), null);
        }

        (VerifiableCredential? credential, Problem? malformed) = Read(opened.Value.Payload);
        Problem? broken = opened.Value.Verify(key);
        CheckOutcome proof = broken is null ? CheckOutcome.Passed : broken.Code == ProblemCode.CryptographicSecurityError ? CheckOutcome.Failed : CheckOutcome.Indeterminate;
        return Answer(now, opened.Value.Form, Found(CheckName.Format, malformed is null ? CheckOutcome.Passed : CheckOutcome.Indeterminate, malformed), Found(CheckName.Proof, proof, broken), credential);
    }

    private static Parsed<Opened> Open(ReadOnlyMemory<byte> document)
    {
        if (document.Span is not [(byte)'{', ..])
        {
            return Enveloped(Envelope.Open(document));
        }

        Parsed<JsonDocument> json = StrictJson.Parse(document, Envelope.MaxLength);
        return !json.Ok ? json.Problem
            : EnvelopedDocument.Is(json.Value.RootElement) ? Enveloped(EnvelopedDocument.Open(json.Value.RootElement))
            : new Opened("data-integrity", document, key => VerifyProofs(json.Value.RootElement, key));
    }

    private static Parsed<Opened> Enveloped(Parsed<Envelope> envelope) => envelope.Ok
        ? new Opened(envelope.Value.MediaType["application/".Length..], envelope.Value.Payload, envelope.Value.Verify)
        : envelope.Problem;

    /// <summary>The first of the proofs that does not hold; receipts of anchors are no signatures.</summary>
    private static Problem? VerifyProofs(JsonElement document, PublicKey key)
    {
        int held = 0;
        foreach (Parsed<DataIntegrityProof> proof in DataIntegrityProof.ReadAll(document))
        {
            if (proof.Ok && MerkleAnchor2026.IsAnchor(proof.Value.Json))
            {
                continue;
            }

            if ((proof.Ok ? DataIntegritySuite.Verify(document, proof.Value, key) : proof.Problem) is { } problem)
            {
                return problem;
            }

            held++;
        }

        return held > 0 ? null : new Problem(ProblemCode.ProofVerificationError, "The document carries no signature.", "/proof");
    }

    /// <summary>The credential, or what is wrong with it or with the presentation that the payload is.</summary>
    private static (VerifiableCredential? Credential, Problem? Malformed) Read(ReadOnlyMemory<byte> payload)
    {
        Parsed<JsonDocument> json = StrictJson.Parse(payload, Envelope.MaxLength);
        if (!json.Ok)
        {
            return (null, json.Problem);
        }

        using (json.Value)
        {
            if (SecuringForm.KindOf(json.Value.RootElement) == SecuredKinds.Presentation)
            {
                return (null, VerifiablePresentation.Validate(payload) is [var first, ..] ? first : null);
            }
        }

        Parsed<VerifiableCredential> credential = VerifiableCredential.Parse(payload);
        return (credential.Value, credential.Problem);
    }

    private static CheckResult Found(string name, CheckOutcome outcome, Problem? problem) => new(
        name,
        outcome,
        problem,
        problem?.Detail ?? (name == CheckName.Proof ? "The signature holds under the key that was given." : "The document is well formed."),
        outcome switch { CheckOutcome.Passed => Remedy.None, CheckOutcome.Failed => Remedy.Holder, _ => Remedy.Issuer });

    private static VerificationResult Answer(DateTimeOffset now, string? form, CheckResult format, CheckResult? proof, VerifiableCredential? credential = null)
    {
        CheckResult[] checks = [.. CheckName.All.Select(name => name == CheckName.Format ? format
            : name == CheckName.Proof && proof is not null ? proof
            : new CheckResult(name, CheckOutcome.Skipped, null, "Not made: with --key only form and signature are looked at."))];
        CheckResult? decisive = Array.Find(checks, check => check.Outcome == CheckOutcome.Failed) ?? Array.Find(checks, check => check.Outcome == CheckOutcome.Indeterminate);
        Verdict verdict = decisive?.Outcome switch
        {
            null => Verdict.Verified,
            CheckOutcome.Failed => Verdict.Rejected,
            _ => Verdict.Indeterminate,
        };
        return new(verdict, checks, credential, null, now) { Decisive = decisive, Form = form, Policy = Policy };
    }

    private sealed record Opened(string Form, ReadOnlyMemory<byte> Payload, Func<PublicKey, Problem?> Verify);
}
