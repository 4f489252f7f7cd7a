using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.DataModel;

/// <summary>What each member of a credential must be, as a table. To add a rule: a row, and its shape.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-model-2.0/#basic-concepts</remarks>
internal static class CredentialRules
{
    internal const string ContextV2 = "https://www.w3.org/ns/credentials/v2";
    internal const string ContextV1 = "https://www.w3.org/2018/credentials/v1";

    // In the order of VCDM 2.0 sections 4.3 to 4.12 and 5.
    private static readonly MemberRule[] Common =
    [
        new("@context", Context, Required: true), // #contexts
        new("id", Shapes.Url), // #identifiers
        new("type", TypeWith("VerifiableCredential"), Required: true), // #types
        new("name", Shapes.LanguageText), // #names-and-descriptions
        new("description", Shapes.LanguageText),
        new("issuer", Party, Required: true), // #issuer
        new("credentialSubject", Shapes.OneOrMore(Shapes.Subject), Required: true), // #credential-subject
        new("validFrom", Shapes.DateTimeStamp), // #validity-period
        new("validUntil", Shapes.DateTimeStamp),
        new("credentialSchema", Shapes.OneOrMore(Shapes.Typed(idRequired: true))), // #data-schemas
        new("termsOfUse", Shapes.OneOrMore(Shapes.Typed(idRequired: false))), // #terms-of-use
        new("evidence", Shapes.OneOrMore(Shapes.Typed(idRequired: false))), // #evidence
        new("proof", Shapes.OneOrMore(Shapes.AnyObject)), // #securing-mechanisms
    ];

    private static readonly MemberRule[] OnlyV2 =
    [
        new("credentialStatus", Shapes.OneOrMore(StatusShape.Entry(idRequired: false))), // #status
        new("refreshService", Shapes.OneOrMore(Shapes.Typed(idRequired: false))), // #refreshing
        new("relatedResource", RelatedResources.Shape), // #integrity-of-related-resources

        // Refused rather than passed over: somebody meant them to count.
        new("issuanceDate", Gone("validFrom")),
        new("expirationDate", Gone("validUntil")),
    ];

    // https://www.w3.org/TR/vc-data-model-1.1/#basic-concepts
    private static readonly MemberRule[] OnlyV1 =
    [
        new("issuanceDate", Shapes.DateTimeStamp, Required: true),
        new("expirationDate", Shapes.DateTimeStamp),
        new("credentialStatus", Shapes.OneOrMore(StatusShape.Entry(idRequired: true))),
        new("refreshService", Shapes.OneOrMore(Shapes.Typed(idRequired: true))),
    ];

    /// <summary>Every problem of a document, in the order of the table.</summary>
    internal static IReadOnlyList<Problem> Check(JsonElement document)
    {
        var check = new ShapeCheck();
        if (Shapes.IsObject(check, document, ""))
        {
            check.Members(document, Common.Concat(VersionOf(document) == DataModelVersion.V1 ? OnlyV1 : OnlyV2));
            ValidityPeriod.Check(check, document);
            ExactNumbers.Check(check, document);
        }

        return check.Problems;
    }

    /// <summary>The version that the first context names; 2.0 when it names neither.</summary>
    internal static DataModelVersion VersionOf(JsonElement document) =>
        document.TryGetProperty("@context", out JsonElement context)
        && context.ValueKind == JsonValueKind.Array
        && context.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.String } first
        && first.ValueEquals(ContextV1)
            ? DataModelVersion.V1
            : DataModelVersion.V2;

    /// <summary>The contexts: first the data model's own, then URLs and objects.</summary>
    internal static void Context(ShapeCheck check, JsonElement value, string pointer)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            check.Malformed(pointer, $"Expected an array that begins with \"{ContextV2}\".");
            return;
        }

        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            string at = JsonPointer.Item(pointer, index);
            if (index++ == 0)
            {
                if (item.ValueKind != JsonValueKind.String || !(item.ValueEquals(ContextV2) || item.ValueEquals(ContextV1)))
                {
                    check.Malformed(at, $"The first context must be \"{ContextV2}\" (or \"{ContextV1}\" for a credential of version 1.1).");
                }
            }
            else if (item.ValueKind != JsonValueKind.Object)
            {
                Shapes.Url(check, item, at);
            }
        }
    }

    /// <summary>One type or several, that one among them.</summary>
    internal static Shape TypeWith(string required) => (check, value, pointer) =>
    {
        Shapes.OneOrMore(Shapes.TypeName)(check, value, pointer);
        if (TypesOf(value) is [_, ..] types && !types.Contains(required))
        {
            check.Malformed(pointer, $"The type must be, or contain, {required}.");
        }
    };

    /// <summary>The strings of a <c>type</c>.</summary>
    internal static string[] TypesOf(JsonElement type) => type.ValueKind switch
    {
        JsonValueKind.String => [type.GetString()!],
        JsonValueKind.Array => [.. type.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
        _ => [],
    };

    /// <summary>An issuer or a holder: a URL, or an object whose <c>id</c> is one; its other members are its own.</summary>
    internal static void Party(ShapeCheck check, JsonElement value, string pointer)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            Shapes.Url(check, value, pointer);
        }
        else if (Shapes.IsObject(check, value, pointer))
        {
            check.Member(value, "id", pointer, Shapes.Url, required: true);
            check.Member(value, "name", pointer, Shapes.LanguageText, required: false);
            check.Member(value, "description", pointer, Shapes.LanguageText, required: false);
        }
    }

    private static Shape Gone(string successor) => (check, _, pointer) =>
        check.Malformed(pointer, $"This member is of version 1.1: in version 2.0 write {successor}.");
}
