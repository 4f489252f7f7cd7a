using System.Text.Json;
using Credentials.DataIntegrity;
using Credentials.Encoding;
using Credentials.JsonLd;

namespace Credentials.DataModel;

/// <summary>What an issuer must not sign although it can be read: words that mean nothing, and digests of something else.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-model-2.0/#json-ld-processing, https://www.w3.org/TR/vc-data-model-2.0/#types</remarks>
internal static class IssuingRules
{
    /// <summary>Each level of a document becomes a few: an array, an object, a list or graph in it.</summary>
    private const int DeepestExpansion = StrictJson.MaxDepth * 16;

    /// <summary>Every problem of a document whose members are well-formed.</summary>
    internal static IReadOnlyList<Problem> Check(JsonElement document, ContextLibrary contexts)
    {
        var check = new ShapeCheck();
        check.Members(document, [new("proof", Shapes.OneOrMore(Shapes.Typed(idRequired: false)))]);
        IEnumerable<Problem> problems = check.Problems.Concat(RelatedResources.Compare(document, contexts));

        // Safe mode: a term that no context defines, or a protected one that is defined anew, is an error and not silence.
        // A proof that is there already is not part of what will be signed.
        using JsonDocument unsecured = ProofDocument.WithProofs(document, []);
        JsonLdResult<byte[]> expanded = new JsonLdProcessor(contexts).Expand(unsecured.RootElement);
        return [.. problems, .. expanded.Ok ? MeaninglessIn(expanded.Value) : [ProblemOf(expanded.Error)]];
    }

    private static Problem ProblemOf(JsonLdError error) => error.Code == JsonLdErrorCode.LoadingRemoteContextFailed
        ? new(ProblemCode.UnknownContext, error.Detail, error.Pointer ?? "/@context")
        : new(ProblemCode.MalformedValueError, error.Detail, error.Pointer ?? "");

    /// <summary>Types, and names of properties, that a context maps to something that is no URL.</summary>
    private static IEnumerable<Problem> MeaninglessIn(byte[] expanded)
    {
        using var json = JsonDocument.Parse(expanded, new() { MaxDepth = DeepestExpansion });
        return [.. Walk(json.RootElement).Distinct(StringComparer.Ordinal).Select(name => new Problem(ProblemCode.MalformedValueError, $"The contexts map a type or term to '{name}', which is no URL.", "/@context"))];
    }

    private static IEnumerable<string> Walk(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Walk),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => member.Name switch
        {
            "@type" => TypesOf(member.Value).Where(type => type != "@json" && !AbsoluteUrl.Is(type)),
            ['@', ..] => Walk(member.Value),
            _ => (AbsoluteUrl.Is(member.Name) ? [] : (string[])[member.Name]).Concat(Walk(member.Value)),
        }),
        _ => [],
    };

    private static string[] TypesOf(JsonElement type) => CredentialRules.TypesOf(type);
}
