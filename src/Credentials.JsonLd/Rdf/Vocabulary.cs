namespace Credentials.JsonLd.Rdf;

/// <summary>The terms that RDF itself needs.</summary>
internal static class Vocabulary
{
    public const string Xsd = "http://www.w3.org/2001/XMLSchema#";
    public const string XsdString = Xsd + "string";
    public const string XsdBoolean = Xsd + "boolean";
    public const string XsdInteger = Xsd + "integer";
    public const string XsdDouble = Xsd + "double";
    public const string I18n = "https://www.w3.org/ns/i18n#";

    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    public const string LangString = Rdf + "langString";
    public const string JsonLiteral = Rdf + "JSON";

    public static readonly RdfTerm Type = RdfTerm.Iri(Rdf + "type");
    public static readonly RdfTerm First = RdfTerm.Iri(Rdf + "first");
    public static readonly RdfTerm Rest = RdfTerm.Iri(Rdf + "rest");
    public static readonly RdfTerm Nil = RdfTerm.Iri(Rdf + "nil");
    public static readonly RdfTerm Value = RdfTerm.Iri(Rdf + "value");
    public static readonly RdfTerm Language = RdfTerm.Iri(Rdf + "language");
    public static readonly RdfTerm Direction = RdfTerm.Iri(Rdf + "direction");

    private static readonly RdfTerm[] Blanks = [.. Enumerable.Range(0, 512).Select(NewBlank)];

    /// <summary>The blank node of a number; the first ones are shared.</summary>
    public static RdfTerm Blank(int number) => number < Blanks.Length ? Blanks[number] : NewBlank(number);

    private static RdfTerm NewBlank(int number) => RdfTerm.BlankNode(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"b{number}"));
}
