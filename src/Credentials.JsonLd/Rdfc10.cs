using System.Security.Cryptography;

namespace Credentials.JsonLd;

/// <summary>RDF Dataset Canonicalization, RDFC-1.0.</summary>
/// <remarks>https://www.w3.org/TR/rdf-canon/</remarks>
public static class Rdfc10
{
    /// <summary>The canonical form.</summary>
    /// <param name="dataset">The statements.</param>
    /// <param name="hash">SHA-256 or SHA-384.</param>
    /// <param name="maxWork">Calls of Hash N-Degree Quads that are allowed; null: a bound from the number of blank nodes that no honest diploma meets.</param>
    public static JsonLdResult<CanonicalDataset> Canonicalize(RdfDataset dataset, HashAlgorithmName hash, int? maxWork = null) => throw new NotImplementedException();
}
