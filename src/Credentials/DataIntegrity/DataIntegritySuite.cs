using System.Text.Json;
using Credentials.Keys;

namespace Credentials.DataIntegrity;

/// <summary>Adds and verifies Data Integrity proofs.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-integrity/#algorithms</remarks>
public static class DataIntegritySuite
{
    /// <summary>Signs a document and returns its text with the proof added; existing proofs stay (a proof set). Every other byte of the text is kept.</summary>
    /// <param name="document">UTF-8 JSON text of an object.</param>
    /// <param name="suite">The suite.</param>
    /// <param name="signer">The key.</param>
    /// <param name="options">What the proof says.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static Task<Parsed<byte[]>> SignAsync(ReadOnlyMemory<byte> document, Cryptosuite suite, ISigner signer, ProofOptions options, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Verifies one proof over its document with the key that it names. Null when it verifies.</summary>
    public static Problem? Verify(JsonElement document, DataIntegrityProof proof, PublicKey key) => throw new NotImplementedException();
}

/// <summary>What a proof says besides its signature.</summary>
/// <param name="VerificationMethod">DID URL of the key.</param>
/// <param name="Created">Claimed time of signing, written in whole seconds UTC.</param>
/// <param name="ProofPurpose">Purpose.</param>
public sealed record ProofOptions(string VerificationMethod, DateTimeOffset? Created, string ProofPurpose = "assertionMethod");
