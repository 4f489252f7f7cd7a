using System.Runtime.InteropServices;
using System.Text.Json;

namespace Credentials.DataModel;

/// <summary>What each member of a presentation must be, as a table. To add a rule: a row, and its shape.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations</remarks>
internal static class PresentationRules
{
    private static readonly MemberRule[] Common =
    [
        new("@context", CredentialRules.Context, Required: true),
        new("id", Shapes.Url),
        new("type", CredentialRules.TypeWith(VerifiablePresentation.Type), Required: true),
        new("holder", CredentialRules.Party),
        new("termsOfUse", Shapes.OneOrMore(Shapes.Typed(idRequired: false))),
        new("proof", Shapes.OneOrMore(Shapes.AnyObject)),
    ];

    // "The value MUST be one or more verifiable credential and/or enveloped verifiable credential objects (the values MUST NOT be non-object values such as numbers, strings, or URLs)."
    private static readonly MemberRule[] OnlyV2 = [new("verifiableCredential", Shapes.OneOrMore(Shapes.AnyObject))];

    // https://www.w3.org/TR/vc-data-model-1.1/#presentations-0: a JWT stands there as its text.
    private static readonly MemberRule[] OnlyV1 = [new("verifiableCredential", Shapes.OneOrMore(ObjectOrText))];

    /// <summary>Every problem of a document, in the order of the table.</summary>
    internal static IReadOnlyList<Problem> Check(JsonElement document)
    {
        var check = new ShapeCheck();
        if (Shapes.IsObject(check, document, ""))
        {
            check.Members(document, Common.Concat(CredentialRules.VersionOf(document) == DataModelVersion.V1 ? OnlyV1 : OnlyV2));
            ExactNumbers.Check(check, document);
        }

        return check.Problems;
    }

    /// <summary>The credentials of a document that has no problem, as they stand.</summary>
    internal static IEnumerable<ReadOnlyMemory<byte>> CredentialsIn(JsonElement document)
    {
        if (!document.TryGetProperty("verifiableCredential", out JsonElement credentials))
        {
            return [];
        }

        return credentials.ValueKind == JsonValueKind.Array ? credentials.EnumerateArray().Select(TextOf) : [TextOf(credentials)];
    }

    private static ReadOnlyMemory<byte> TextOf(JsonElement credential) => credential.ValueKind == JsonValueKind.String
        ? System.Text.Encoding.UTF8.GetBytes(credential.GetString()!)
        : JsonMarshal.GetRawUtf8Value(credential).ToArray();

    private static void ObjectOrText(ShapeCheck check, JsonElement value, string pointer)
    {
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.String))
        {
            check.Malformed(pointer, $"Expected a credential, or the text of one that is a JWT; found {Shapes.KindOf(value)}.");
        }
    }
}
