using System.Globalization;
using Credentials.Anchoring;
using Credentials.Cli.Input;
using Credentials.Cli.Output;
using Credentials.Cli.Trust;
using Credentials.Verification;

namespace Credentials.Cli.Commands;

/// <summary><c>credentials verify FILE|URL|-</c></summary>
internal static class VerifyCommand
{
    private static readonly VerificationPolicy[] s_policies = [VerificationPolicy.Default, VerificationPolicy.RequireAnchor, VerificationPolicy.RequireAccreditation, VerificationPolicy.Offline];

    public static Command Row { get; } = new("verify", "FILE|URL|-", "Say whether a credential or presentation is verified, rejected, or cannot be told", RunAsync)
    {
        Options =
        [
            new("--json", null, "The answer as JSON"),
            new("--policy", "NAME", $"What must hold: {string.Join(", ", s_policies.Select(policy => policy.Name))}"),
            new("--offline", null, "Ask nobody: of an evidence bundle, what it proves alone, as of its day; otherwise as --policy offline"),
            new("--as-of", "DATE", "Judge for another day (2026-08-20, at 00:00 UTC) or moment (2026-08-20T14:00:00Z)"),
            new("--registry-status", null, "Where the issuer's status lists are gone, take the chain's word about revocation; suspensions are then not seen"),
            new("--challenge", "TEXT", "Of a presentation: the challenge or nonce that the holder was asked to sign"),
            new("--domain", "TEXT", "Of a presentation: the domain or audience in whose name it was asked"),
            new("--key", "FILE", "Look at form and signature alone, under the key of this JWK; says nothing of issuer, dates, status and anchor"),
            new("--receipts", "FILE", "A receipt, or a batch's receipt file, that came beside the credential"),
            new("--trust", "FILE", "What is trusted"),
        ],
        Notes =
        [
            "Every form is known by itself: Data Integrity proofs, vc+jwt, vp+jwt, SD-JWT, COSE, and envelopes in JSON; and evidence bundles.",
            "A presentation without --challenge and --domain may be a replay of one that was made for others.",
            "",
            "A URL may be the credential's own, the link of a QR code, or that link's c=... alone.",
            "",
            "The trust file: {\"chains\":[{\"rpcUrl\":\"https://...\",\"chainId\":1,\"genesisHash\":\"0x...\",\"contract\":\"0x...\"}],",
            "                 \"didDocuments\":[\"issuer.did.json\"],\"allowPrivateAddresses\":false,",
            "                 \"accreditors\":[{\"registry\":\"eip155:1:0x...\",\"institution\":\"0x...\",\"name\":\"Ministry\"}],",
            "                 \"institutions\":[{\"registry\":\"eip155:1:0x...\",\"institution\":\"0x...\",\"did\":\"did:web:...\"}],",
            "                 \"accreditationPaths\":[\"path.json\"],",
            "                 \"checkpoints\":[{\"chainId\":1,\"blockHash\":\"0x...\"}],",
            "                 \"witnesses\":[{\"name\":\"...\",\"certificate\":\"tsa.pem\"},{\"name\":\"...\",\"key\":\"witness.jwk\"}]}",
            "Several nodes, of which some must agree and all must prove: \"rpcUrls\":[\"https://...\",\"https://...\"],\"quorum\":2 instead of \"rpcUrl\".",
            "Without one nothing is known of any chain: the anchor of a credential that names one cannot be told.",
            "",
            "Exit codes: 0 verified, 1 rejected, 2 cannot tell, 3 used wrongly.",
        ],
    };

    private static async Task<int> RunAsync(Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        VerificationPolicy policy = PolicyOf(arguments);
        TrustFile trust = TrustFile.Find(arguments["--trust"], around);
        TrustedOutside outside = new(trust, around);
        Paint paint = new(around.Colour);

        GivenDocument given = await GivenDocument.ReadAsync(arguments.Operands[0], around, policy.UseNetwork ? outside.Fetcher : null, cancellationToken);
        if (given.Fault is { } fault)
        {
            await (arguments.Has("--json") ? around.Out.WriteLineAsync(UnreachableJson(fault)) : VerdictText.WriteUnreachableAsync(around.Out, paint, fault));
            return ExitCode.CannotTell;
        }

        IReadOnlyList<AnchorReceipt> receipts = arguments["--receipts"] is { } path ? GivenReceipts.Read(path, given.Utf8) : [];
        if (arguments.Has("--receipts") && receipts.Count == 0)
        {
            await around.Error.WriteLineAsync("credentials: the receipt file does not hold this credential.");
        }

        if (arguments["--key"] is { } keyFile)
        {
            return await WriteAsync(SignatureUnderKey.Verify(given.Utf8, GivenKey.ReadEither(keyFile), around.Clock.GetUtcNow()), arguments, around, paint);
        }

        CredentialVerifier verifier = new(await outside.ReadyAsync(policy.UseNetwork, cancellationToken), policy, around.Clock);
        if (GivenPresentation.Is(given.Utf8) || arguments.Has("--challenge") || arguments.Has("--domain"))
        {
            PresentationResult presented = await verifier.VerifyPresentationAsync(given.Utf8, PresentationExpectation.ReplayableUnsafe(arguments["--challenge"], arguments["--domain"]), cancellationToken);
            await (arguments.Has("--json")
                ? around.Out.WriteLineAsync(Text(VerificationResultJson.ToUtf8(presented, indented: true)))
                : PresentationText.WriteAsync(around.Out, paint, presented));
            return CodeOf(presented.Verdict);
        }

        return await WriteAsync(await verifier.VerifyAsync(given.Utf8, receipts, cancellationToken), arguments, around, paint);
    }

    private static async Task<int> WriteAsync(VerificationResult result, Arguments arguments, Surroundings around, Paint paint)
    {
        await (arguments.Has("--json")
            ? around.Out.WriteLineAsync(Text(VerificationResultJson.ToUtf8(result, indented: true)))
            : VerdictText.WriteAsync(around.Out, paint, result));
        return CodeOf(result.Verdict);
    }

    private static int CodeOf(Verdict verdict) => verdict switch
    {
        Verdict.Verified => ExitCode.Verified,
        Verdict.Rejected => ExitCode.Rejected,
        _ => ExitCode.CannotTell,
    };

    private static string Text(byte[] utf8) => System.Text.Encoding.UTF8.GetString(utf8);

    private static VerificationPolicy PolicyOf(Arguments arguments)
    {
        if (arguments.Has("--offline") && arguments.Has("--policy"))
        {
            throw new MisuseException("Give --offline or --policy, not both.");
        }

        string name = arguments["--policy"] ?? (arguments.Has("--offline") ? VerificationPolicy.Offline : VerificationPolicy.Default).Name;
        VerificationPolicy policy = s_policies.FirstOrDefault(known => known.Name == name)
            ?? throw new MisuseException($"There is no policy {name}; there are {string.Join(", ", s_policies.Select(known => known.Name))}.");
        policy = arguments.Has("--registry-status") ? policy.WithRegistryStatus() : policy;
        return arguments["--as-of"] is not { } text ? policy
            : DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
                ? policy with { JudgedAt = time }
                : throw new MisuseException($"--as-of {text} is no date: write 2026-08-20 or 2026-08-20T14:00:00Z.");
    }

    private static string UnreachableJson(string fault) =>
        $$"""{"verdict":"indeterminate","verified":false,"checks":[],"fault":{{System.Text.Json.JsonSerializer.Serialize(fault, FaultJson.Default.String)}}}""";
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class FaultJson : System.Text.Json.Serialization.JsonSerializerContext;
