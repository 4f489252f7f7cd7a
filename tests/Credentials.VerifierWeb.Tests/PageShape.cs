using System.Net;
using System.Text.RegularExpressions;

namespace Credentials.VerifierWeb.Tests;

/// <summary>A page as a list of elements, read strictly: every tag closed in order, every attribute quoted, every ampersand an entity. What would not pass here is either careless or smuggled in.</summary>
internal sealed partial class PageShape
{
    private static readonly HashSet<string> s_void = new(["meta", "link", "input", "br", "path", "circle"], StringComparer.Ordinal);

    private readonly List<Element> _elements = [];

    private PageShape()
    {
    }

    public IReadOnlyList<Element> Elements => _elements;

    /// <summary>All that a reader sees.</summary>
    public string Text => Elements[0].Text;

    public IEnumerable<Element> All(string name, string? cssClass = null) => Elements.Where(element => element.Name == name
        && (cssClass is null || (element["class"] ?? "").Split(' ').Contains(cssClass, StringComparer.Ordinal)));

    public Element One(string name, string? cssClass = null) => Assert.Single(All(name, cssClass));

    public static PageShape Read(string html)
    {
        const string Doctype = "<!DOCTYPE html>\n";
        Assert.StartsWith(Doctype, html, StringComparison.Ordinal);
        PageShape shape = new();
        Stack<Element> open = new();
        int at = Doctype.Length;
        foreach (Match tag in Tag().Matches(html))
        {
            string text = html[at..tag.Index];
            Assert.DoesNotContain('<', open.TryPeek(out Element? parent) && parent.Name == "style" ? "" : text);
            Assert.DoesNotMatch(BareAmpersand(), parent?.Name == "style" ? "" : text);
            foreach (Element element in open)
            {
                element.Text += element.Name == "style" || parent?.Name == "style" ? "" : WebUtility.HtmlDecode(text);
            }

            at = tag.Index + tag.Length;
            shape.Take(tag, open);
        }

        Assert.Empty(open);
        Assert.Equal("", html[at..].Trim());
        return shape;
    }

    private void Take(Match tag, Stack<Element> open)
    {
        string name = tag.Groups["name"].Value;
        if (tag.Groups["end"].Length > 0)
        {
            Assert.Equal(open.Pop().Name, name);
            return;
        }

        Dictionary<string, string> attributes = [];
        string rest = Attribute().Replace(tag.Groups["attributes"].Value, match =>
        {
            Assert.DoesNotMatch(BareAmpersand(), match.Groups["value"].Value);
            Assert.True(attributes.TryAdd(match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)), $"twice: {match.Value}");
            return "";
        });
        Assert.Equal("", rest.Trim(' ', '/'));
        Element element = new(name, attributes);
        _elements.Add(element);
        if (!s_void.Contains(name))
        {
            open.Push(element);
        }
    }

    [GeneratedRegex("""<(?<end>/?)(?<name>[a-zA-Z0-9]+)(?<attributes>(?:\s+[a-zA-Z-]+(?:="[^"<>]*")?)*)\s*/?>""", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+(?<name>[a-z-]+)(?:=\"(?<value>[^\"]*)\")?", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Attribute();

    [GeneratedRegex("&(?!(?:[a-z]+|#[0-9]+|#x[0-9A-F]+);)", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex BareAmpersand();

    internal sealed record Element(string Name, IReadOnlyDictionary<string, string> Attributes)
    {
        public string Text { get; set; } = "";

        public string? this[string attribute] => Attributes.GetValueOrDefault(attribute);
    }
}
