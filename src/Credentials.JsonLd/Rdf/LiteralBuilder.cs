using System.Text.Json;
using Credentials.JsonLd.Contexts;
using Credentials.JsonLd.Expansion;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Rdf;

/// <summary>Value objects to literals: steps 4 to 15 of Object to RDF Conversion.</summary>
/// <remarks>https://www.w3.org/TR/json-ld11-api/#object-to-rdf-conversion</remarks>
internal sealed class LiteralBuilder(JsonLdOptions options)
{
    private static readonly RdfTerm True = RdfTerm.Literal("true", Vocabulary.XsdBoolean);
    private static readonly RdfTerm False = RdfTerm.Literal("false", Vocabulary.XsdBoolean);

    /// <summary>The literal, or what stands for it; null: it is not well-formed.</summary>
    public RdfTerm? Build(ValueItem item, RdfBuilder builder, in Target target)
    {
        // 8. If datatype is @json, convert value to the canonical lexical form ... and set datatype to rdf:JSON.
        if (item.IsJson)
        {
            return RdfTerm.Literal(item.Text is { } text ? CanonicalJson.Write(text) : CanonicalJson.Write(item.Json, new Budget()), Vocabulary.JsonLiteral);
        }

        // 6. If datatype is not null and neither a well-formed IRI nor @json, return null.
        if (item.Type is { IsWellFormed: false } or { Kind: RdfTermKind.BlankNode })
        {
            return null;
        }

        // 7. If item has an @language entry which is not well-formed, return null.
        if (item.Language is not null && !LanguageTag.IsWellFormed(item.Language))
        {
            return null;
        }

        return item.Text is null ? BuildNative(item.Json, item.Type?.Value)
            : item.Direction is not null && options.Direction != RdfDirection.None ? BuildDirected(item, item.Text, builder, target)

            // 12. Otherwise, if datatype is null, set datatype to xsd:string or rdf:langString, depending on if item has an @language entry.
            // 14. Otherwise, initialize literal as an RDF literal using value and datatype. If item has an @language entry, add the value associated with the @language entry as the language tag of literal.
            : item.Language is not null ? RdfTerm.Literal(item.Text, Vocabulary.LangString, item.Language)
            : RdfTerm.Literal(item.Text, item.Type?.Value ?? Vocabulary.XsdString);
    }

    private static RdfTerm BuildNative(JsonElement value, string? datatype)
    {
        // 9. If value is true or false, set value to the string true or false. If datatype is null, set datatype to xsd:boolean.
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            RdfTerm plain = value.ValueKind == JsonValueKind.True ? True : False;
            return datatype is null ? plain : RdfTerm.Literal(plain.Value, datatype);
        }

        // 10. Otherwise, if value is a number with a non-zero fractional part or an absolute value greater or equal to 10^21, or value is a number and datatype equals xsd:double, convert value to a string in canonical lexical form of an xsd:double.
        // 11. Otherwise, if value is a number, convert it to a string in canonical lexical form of an xsd:integer.
        double number = NumberText.Read(value);
        return NumberText.IsDouble(number) || datatype == Vocabulary.XsdDouble
            ? RdfTerm.Literal(NumberText.Double(number), datatype ?? Vocabulary.XsdDouble)
            : RdfTerm.Literal(NumberText.Integer(number), datatype ?? Vocabulary.XsdInteger);
    }

    // 13. If item contains an @direction entry and rdfDirection is not null, item is a value object which is serialized using special rules.
    private RdfTerm BuildDirected(ValueItem item, string text, RdfBuilder builder, in Target target)
    {
        // 13.1 Initialize language to the value of @language in item normalized to lower case, or the empty string ("") if there is no such entry.
        string language = item.Language?.ToLowerInvariant() ?? "";

        // 13.2 If rdfDirection is i18n-datatype, set datatype to the result of appending language and the value of @direction in item separated by an underscore ("_").
        if (options.Direction == RdfDirection.I18nDatatype)
        {
            return RdfTerm.Literal(text, $"{Vocabulary.I18n}{language}_{item.Direction}");
        }

        // 13.3 Otherwise, if rdfDirection is compound-literal: 13.3.1 Initialize literal as a new blank node. 13.3.2 to 13.3.4 Create new triples.
        RdfTerm literal = builder.NewBlank();
        builder.Add(literal, Vocabulary.Value, RdfTerm.Literal(text, Vocabulary.XsdString), target);
        if (item.Language is not null)
        {
            builder.Add(literal, Vocabulary.Language, RdfTerm.Literal(language, Vocabulary.XsdString), target);
        }

        builder.Add(literal, Vocabulary.Direction, RdfTerm.Literal(item.Direction!, Vocabulary.XsdString), target);
        return literal;
    }
}
