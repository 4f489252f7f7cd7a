using System.Security.Cryptography;
using System.Text.Json;
using Credentials.JsonLd;

namespace Credentials.DataIntegrity;

/// <summary>A JSON-LD document as canonical N-Quads, or why it has none.</summary>
internal static class RdfCanonicalForm
{
    // Whoever signed such a document signed what their library read in it, and that is what is verified.
    private static readonly JsonLdOptions s_reading = new() { NestedContexts = true };

    /// <summary>The canonical form, in safe mode: what would be dropped is an error, for a signature covers all that is said.</summary>
    public static Parsed<CanonicalDataset> Of(JsonElement document, ContextLibrary? contexts, HashAlgorithmName hash)
    {
        JsonLdResult<RdfDataset> statements = new JsonLdProcessor(contexts ?? ContextLibrary.Shipped, s_reading).ToRdf(document);
        return statements.Ok ? Of(statements.Value, hash) : ProblemOf(statements.Error!);
    }

    /// <summary>The canonical form of statements.</summary>
    public static Parsed<CanonicalDataset> Of(RdfDataset statements, HashAlgorithmName hash)
    {
        JsonLdResult<CanonicalDataset> canonical = Rdfc10.Canonicalize(statements, hash);
        return canonical.Ok ? canonical.Value : ProblemOf(canonical.Error!);
    }

    /// <summary>
    /// An unknown context is <see cref="ProblemCode.UnknownContext"/>: another library may well know it. All else is <see cref="ProblemCode.ProofTransformationError"/>.
    /// Neither is evidence against a document: nobody can have signed what it says, but whether somebody signed what a laxer reader would make of it is not known.
    /// </summary>
    public static Problem ProblemOf(JsonLdError error) => error.Code == JsonLdErrorCode.LoadingRemoteContextFailed
        ? new(ProblemCode.UnknownContext, error.Detail, error.Pointer ?? "/@context")
        : new(ProblemCode.ProofTransformationError, $"The document has no canonical form ({error.Code}). {error.Detail}", error.Pointer ?? "");
}
