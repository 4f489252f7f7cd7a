using Credentials.DataIntegrity.Cryptosuites;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.DataIntegrity;

/// <summary>A Data Integrity cryptosuite as a declaration: which keys, how a proof reads, and the two operations that make and check its bytes.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-integrity/#cryptographic-suites. To add one: a file in Cryptosuites, a row in <see cref="All"/>.</remarks>
public abstract class Cryptosuite
{
    private protected Cryptosuite()
    {
    }

    /// <summary>The suites that are known here.</summary>
    public static IReadOnlyList<Cryptosuite> All => Table.Rows;

    /// <summary>The <c>cryptosuite</c> value; of a legacy suite, the proof's <c>type</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The proof's <c>type</c>: <c>DataIntegrityProof</c>, or that of a legacy suite, whose proofs have no <c>cryptosuite</c>.</summary>
    public virtual string ProofType => DataIntegrityProof.DataIntegrityType;

    /// <summary>Whether the suite is there to verify what others issued before there were cryptosuites; nothing new should be signed with it.</summary>
    public bool IsLegacy => ProofType != DataIntegrityProof.DataIntegrityType;

    /// <summary>The keys that it signs with.</summary>
    public abstract IReadOnlySet<KeyType> KeyTypes { get; }

    /// <summary>Whether a new proof carries the document's <c>@context</c>.</summary>
    public abstract bool ProofCarriesContext { get; }

    /// <summary>Whether the suite signs the statements that a document makes, and not the text that makes them: then words and their order are not covered, and whoever reads the document by its words must know its contexts.</summary>
    /// <remarks>https://www.w3.org/TR/vc-data-integrity/#validating-contexts</remarks>
    public virtual bool SignsStatements => false;

    /// <summary>Whether what it signs is for a holder, who discloses a part of it; it is then for credentials, and a presentation is signed with another suite.</summary>
    public virtual bool DisclosesSelectively => false;

    /// <summary>The multibase prefix of the proof value: <c>z</c> (base58btc) or <c>u</c> (base64url).</summary>
    public virtual char ProofValuePrefix => Multibase.Base58BtcPrefix;

    /// <summary>The suite of that <see cref="Name"/>, or null.</summary>
    public static Cryptosuite? Find(string? name) => All.FirstOrDefault(suite => suite.Name == name);

    /// <summary>The suite that made a proof, by its <c>type</c> and <c>cryptosuite</c>, or null.</summary>
    public static Cryptosuite? Of(DataIntegrityProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return All.FirstOrDefault(suite => suite.ProofType == proof.Type && (suite.IsLegacy ? proof.Cryptosuite is null : suite.Name == proof.Cryptosuite));
    }

    /// <summary>Makes the bytes of a proof value. The key is of one of <see cref="KeyTypes"/>.</summary>
    internal abstract ValueTask<Parsed<byte[]>> MakeProofBytesAsync(ProofInput input, ISigner signer, CancellationToken cancellationToken);

    /// <summary>Checks the bytes of a proof value; null when they are the key's over the input. The key is of one of <see cref="KeyTypes"/>.</summary>
    internal abstract Problem? CheckProofBytes(ProofInput input, byte[] proofBytes, PublicKey key);

    private static class Table
    {
        internal static readonly IReadOnlyList<Cryptosuite> Rows =
        [
            new EcdsaJcs2019(), // https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-jcs-2019
            new EddsaJcs2022(), // https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022
            new EcdsaRdfc2019(), // https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-rdfc-2019
            new EddsaRdfc2022(), // https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022
            new EcdsaSd2023(), // https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023
            new Ed25519Signature2020(), // https://www.w3.org/TR/vc-di-eddsa/#ed25519signature2020-0
        ];
    }
}
