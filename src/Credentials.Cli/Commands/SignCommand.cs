using Credentials.Cli.Input;
using Credentials.Cli.Output;
using Credentials.DataIntegrity;
using Credentials.DataModel;
using Credentials.JsonLd;
using Credentials.Keys;
using Credentials.Securing;

namespace Credentials.Cli.Commands;

/// <summary><c>credentials sign --as FORM --key FILE FILE|-</c></summary>
internal static class SignCommand
{
    public static Command Row { get; } = new("sign", "FILE|-", "Secure a credential or presentation in any of the forms", RunAsync)
    {
        Options =
        [
            new("--as", "FORM", "The form; see below") { Required = true },
            new("--key", "FILE", "The private key, a JWK: P-256, P-384 or Ed25519") { Required = true },
            new("--verification-method", "URL", "DID URL by which the signature names the key (default: that of its did:key)"),
            new("--did", "METHOD", "key or jwk: the DID that the key itself makes (default key)"),
            new("--challenge", "TEXT", "Of a presentation: the verifier's challenge or nonce"),
            new("--domain", "TEXT", "Of a presentation: the verifier's domain or audience"),
            new("--mandatory", "POINTER", "ecdsa-sd-2023: what a holder can never withhold; may be repeated") { Repeatable = true },
            new("--disclose", "POINTER", "SD-JWT: what a holder may withhold; may be repeated") { Repeatable = true },
            new("--decoys", "NUMBER", "SD-JWT: digests of nothing beside those of every object that has any"),
            new("--holder-key", "FILE", "SD-JWT: the holder's public key, a JWK, for key binding"),
            new("--expires", "TIME", "When the signature expires (2027-01-31T00:00:00Z); not the credential's validUntil"),
            new("--unchecked", null, "Sign without holding the document against the data model first"),
            new("--out", "FILE", "Where the result goes (default: standard output)"),
        ],
        Notes =
        [
            $"Forms: {string.Join(", ", SecuringForm.All.Select(form => form.Name))}.",
            "The document's issuer (a presentation's holder) is signed as it stands: verifiers want it to be the key's DID. See: credentials keys show FILE",
            "",
            "Examples:",
            "  credentials sign --as ecdsa-rdfc-2019 --key key.jwk diploma.json > signed.json",
            "  credentials sign --as vc+sd-jwt --key key.jwk --disclose /credentialSubject/name diploma.json",
            "  credentials sign --as ecdsa-sd-2023 --key key.jwk --mandatory /issuer diploma.json",
            "  credentials sign --as vp+jwt --key holder.jwk --challenge 7f3a --domain verifier.example presentation.json",
            "  credentials sign --as vc+cose --key key.jwk --out diploma.cose diploma.json",
            "",
            "Exit codes: 0 signed, 1 the document is not fit to be signed, 3 used wrongly.",
        ],
    };

    private static async Task<int> RunAsync(Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        SecuringForm form = SecuringForm.Find(arguments["--as"])
            ?? throw new MisuseException($"There is no form {DisplayText.Of(arguments["--as"]!, 60)}; there are {string.Join(", ", SecuringForm.All.Select(known => known.Name))}.");
        using SigningKey key = GivenKey.ReadPrivate(arguments["--key"]!);
        if (!form.KeyTypes.Contains(key.PublicKey.Type))
        {
            throw new MisuseException($"{form.Name} does not sign with {key.PublicKey.Type}: it takes {string.Join(", ", form.KeyTypes.Order())}.");
        }

        SecuringOptions options = SigningWords.OptionsOf(arguments, form, key.PublicKey, around.Clock);
        GivenDocument given = await GivenDocument.ReadAsync(arguments.Operands[0], around, fetcher: null, cancellationToken);
        SecuredKinds kind = SigningWords.KindOf(given.Utf8);
        if (!form.Kinds.HasFlag(kind))
        {
            throw new MisuseException($"{form.Name} secures no {(kind == SecuredKinds.Presentation ? "presentation" : "credential")}.");
        }

        ReadOnlyMemory<byte> document = given.Utf8;
        if (Cryptosuite.Find(form.Name) is { } suite && ProofContext.AddTo(document, suite) is { Ok: true } complete)
        {
            document = complete.Value;
        }

        IReadOnlyList<Problem> problems = arguments.Has("--unchecked") ? []
            : kind == SecuredKinds.Presentation ? VerifiablePresentation.Validate(document)
            : VerifiableCredential.ValidateForIssuing(document, ContextLibrary.Shipped);
        Parsed<byte[]> signed = problems.Count > 0 ? problems[0] : await form.SignAsync(document, key, options, cancellationToken);
        if (!signed.Ok)
        {
            return await RefuseAsync(problems.Count > 0 ? problems : [signed.Problem], around);
        }

        await SigningWords.WarnOfForeignKeyAsync(document, kind, options.VerificationMethod, around);
        await Result.WriteAsync(signed.Value, isText: !form.Name.EndsWith("+cose", StringComparison.Ordinal), arguments["--out"], around, cancellationToken);
        return ExitCode.Verified;
    }

    private static async Task<int> RefuseAsync(IReadOnlyList<Problem> problems, Surroundings around)
    {
        await around.Error.WriteLineAsync("credentials: this document is not fit to be signed:");
        foreach (Problem problem in problems)
        {
            await around.Error.WriteLineAsync(ProblemLine.Of(problem));
        }

        return ExitCode.Rejected;
    }
}
