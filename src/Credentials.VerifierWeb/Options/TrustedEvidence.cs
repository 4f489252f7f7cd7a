using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Encoding;
using Credentials.Evidence;
using Credentials.Verification;

namespace Credentials.VerifierWeb.Options;

/// <summary>Witnesses and checkpoints, read from configuration; each fault is a sentence that names the variable.</summary>
internal static class TrustedEvidence
{
    /// <summary>The witnesses.</summary>
    /// <exception cref="FormatException">One is malformed; <see cref="FaultsIn"/> says so at start.</exception>
    public static IReadOnlyList<TrustedWitness> WitnessesOf(VerifierOptions options) => [.. options.Witnesses.Select(witness => Read(witness).Require())];

    /// <summary>The checkpoints.</summary>
    public static IReadOnlyList<Checkpoint> CheckpointsOf(VerifierOptions options) =>
        [.. options.Checkpoints.Select(known => new Checkpoint(known.ChainId, Bytes32.TryParse(known.BlockHash, out Bytes32 hash) ? hash : default))];

    /// <summary>What is wrong, in sentences.</summary>
    public static IEnumerable<string> FaultsIn(VerifierOptions options) =>
        options.Witnesses.Select((witness, index) => Read(witness).Problem is { } problem ? $"Verifier__Witnesses__{index}: {problem.Detail}" : null)
            .Concat(options.Checkpoints.Select((known, index) => Bytes32.TryParse(known.BlockHash, out _) ? null : $"Verifier__Checkpoints__{index}__BlockHash must be 0x and 64 hexadecimal digits."))
            .OfType<string>();

    private static Parsed<TrustedWitness> Read(WitnessOptions witness)
    {
        if (witness.Name.Length == 0 || witness.Certificate.Length > 0 == witness.Key.Length > 0)
        {
            return new Problem(ProblemCode.InvalidOptions, "it needs a Name, and a Certificate (of a time-stamp authority) or a Key (of a signer), not both.");
        }

        try
        {
            if (witness.Certificate.Length > 0)
            {
                using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(witness.Certificate);
                return new TrustedWitness(witness.Name, certificate.RawData, null);
            }

            Parsed<JsonDocument> jwk = StrictJson.Parse(File.ReadAllBytes(witness.Key));
            Parsed<Keys.PublicKey> key = jwk.Ok ? Keys.JsonWebKey.Read(jwk.Value.RootElement) : jwk.Problem;
            return key.Ok ? new TrustedWitness(witness.Name, null, key.Value) : key.Problem;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return new Problem(ProblemCode.InvalidOptions, $"{witness.Certificate}{witness.Key} cannot be read: {e.Message}");
        }
    }
}
