using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Credentials.VerifierWeb.Markup;

/// <summary>A piece of HTML. Made only from literals in this assembly and from text that was encoded on its way in, so that nothing a document says can become markup.</summary>
internal readonly struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    public static Html Empty => default;

    /// <summary>Markup from an interpolated literal: a string in a hole is encoded, an <see cref="Html"/> is not. Attribute values must stand in double quotes.</summary>
    public static Html Of(ref Template template) => new(template.ToString());

    /// <summary>Text of this assembly's own that is markup, or stands where markup is not read.</summary>
    public static Html Trusted(string markup) => new(markup);

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part._markup)));

    public override string ToString() => _markup ?? string.Empty;

    /// <summary>The compiler's builder behind <see cref="Of"/>. A hole takes what has an overload here, and nothing else compiles.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Template
    {
        // Every script as itself: entities would make an Arabic or Chinese page several times as long.
        private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

        private readonly StringBuilder _builder;

        public Template(int literalLength, int formattedCount) => _builder = new(literalLength + (formattedCount * 32));

        public void AppendLiteral(string value) => _builder.Append(value);

        public void AppendFormatted(string? value) => _builder.Append(s_encoder.Encode(value ?? string.Empty));

        public void AppendFormatted(Html value) => _builder.Append(value._markup);

        public void AppendFormatted(int value) => _builder.Append(value.ToString(CultureInfo.InvariantCulture));

        public override string ToString() => _builder.ToString();
    }
}
