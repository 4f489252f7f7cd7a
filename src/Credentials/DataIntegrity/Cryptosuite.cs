using System.Text.Json;
using Credentials.DataIntegrity.Cryptosuites;
using Credentials.Keys;

namespace Credentials.DataIntegrity;

/// <summary>A Data Integrity cryptosuite as a declaration: which keys, which canonical form, which hash, which encoding of the signature.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-integrity/#cryptographic-suites. To add one: a file in Cryptosuites, a row in <see cref="All"/>.</remarks>
public abstract class Cryptosuite
{
    /// <summary>The suites that are known here.</summary>
    public static IReadOnlyList<Cryptosuite> All => Table.Rows;

    /// <summary>The <c>cryptosuite</c> value.</summary>
    public abstract string Name { get; }

    /// <summary>The keys that it signs with.</summary>
    public abstract IReadOnlySet<KeyType> KeyTypes { get; }

    /// <summary>Whether a new proof carries the document's <c>@context</c>.</summary>
    public abstract bool ProofCarriesContext { get; }

    /// <summary>The suite of that name, or null.</summary>
    public static Cryptosuite? Find(string? name) => All.FirstOrDefault(suite => suite.Name == name);

    /// <summary>What the suite demands of a secured document besides its signature; null when it is met.</summary>
    public abstract Problem? Check(JsonElement document, JsonElement proof);

    /// <summary>The bytes that are signed: hash of the proof configuration and hash of the document without its proofs.</summary>
    /// <param name="document">The document, secured or not; its <c>proof</c> member is left out.</param>
    /// <param name="proofConfiguration">The proof; its <c>proofValue</c> is left out.</param>
    /// <param name="keyType">Decides the hash for suites with several curves.</param>
    /// <exception cref="FormatException">The document has no canonical form.</exception>
    public abstract byte[] HashData(JsonElement document, JsonElement proofConfiguration, KeyType keyType);

    private static class Table
    {
        internal static readonly IReadOnlyList<Cryptosuite> Rows =
        [
            new EcdsaJcs2019(), // https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-jcs-2019
            new EddsaJcs2022(), // https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022
        ];
    }
}
