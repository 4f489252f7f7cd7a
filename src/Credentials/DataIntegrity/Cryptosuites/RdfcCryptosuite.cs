using System.Security.Cryptography;
using System.Text.Json;
using Credentials.JsonLd;
using Credentials.Keys;

namespace Credentials.DataIntegrity.Cryptosuites;

/// <summary>What the suites over RDFC-1.0 have in common: all but the name, the keys and the hashes.</summary>
/// <remarks>The steps are those of "Transformation" and "Proof Configuration", which read alike in https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-rdfc-2019 and https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022.</remarks>
public abstract class RdfcCryptosuite : HashingCryptosuite
{
    private protected RdfcCryptosuite(Dictionary<KeyType, HashAlgorithmName> hashes)
        : base(hashes)
    {
    }

    /// <inheritdoc/>
    public sealed override bool ProofCarriesContext => false;

    /// <inheritdoc/>
    public sealed override bool SignsStatements => true;

    private protected sealed override Problem? HashConfiguration(ProofInput input, HashAlgorithmName hash, Span<byte> destination)
    {
        // Proof Configuration, step 4: Set proofConfig.@context to unsecuredDocument.@context.
        // 5. Let canonicalProofConfig be the result of applying the RDF Dataset Canonicalization to the proofConfig.
        using JsonDocument proofConfig = ProofDocument.Configuration(input.Configuration, input.DocumentContext);
        return Hash(proofConfig.RootElement, input.Contexts, hash, destination);
    }

    private protected sealed override Problem? HashDocument(ProofInput input, HashAlgorithmName hash, Span<byte> destination)
    {
        // Transformation, step 2: Let canonicalDocument be the result of converting unsecuredDocument to JSON-LD expanded form and then to RDF statements, applying the RDF Dataset Canonicalization Algorithm to the result ...
        // "For canonicalization, one is expected to use a hash algorithm that has an appropriate security level for the curve used": the suite's own.
        using JsonDocument document = input.InputDocument();
        return Hash(document.RootElement, input.Contexts, hash, destination);
    }

    private static Problem? Hash(JsonElement document, ContextLibrary? contexts, HashAlgorithmName hash, Span<byte> destination)
    {
        Parsed<CanonicalDataset> canonical = RdfCanonicalForm.Of(document, contexts, hash);
        if (canonical.Ok)
        {
            CryptographicOperations.HashData(hash, canonical.Value.NQuads.Span, destination);
        }

        return canonical.Problem;
    }
}
