using System.Text;
using System.Text.RegularExpressions;

namespace Credentials.TestKit;

/// <summary>One example of the specifications OpenID4VCI and OpenID4VP: a file of their example folders, or a fenced block of their text.</summary>
/// <param name="Name">The file from the specification's folder (<c>OpenID4VP/examples/query_lang/simple.json</c>), or section and count of the block (<c>OpenID4VCI 8.2 #1</c>).</param>
/// <param name="Text">As it is printed.</param>
public sealed partial record SpecificationExample(string Name, string Text)
{
    private static readonly Lazy<IReadOnlyList<SpecificationExample>> Everything = new(() => [.. Specification("OpenID4VCI"), .. Specification("OpenID4VP")]);

    /// <summary>All examples of both specifications.</summary>
    public static IReadOnlyList<SpecificationExample> All => Everything.Value;

    /// <summary>What a reader is given: without an HTTP message's head, without the line breaks that stand within values for display, and a lone member as an object.</summary>
    public string Body => Head().Replace(Text.Trim(), "").Trim() switch
    {
        ['{' or '[', ..] json => Joined(json),
        ['"', ..] member => "{" + Joined(member) + "}",
        var text => string.Concat(text.Replace(" HTTP/1.1", "", StringComparison.Ordinal).Where(character => !char.IsWhiteSpace(character))),
    };

    /// <summary>The example of this name.</summary>
    public static SpecificationExample Named(string name) => All.Single(example => example.Name == name);

    private static IEnumerable<SpecificationExample> Specification(string folder)
    {
        string root = Vectors.Path("openid", folder), examples = Path.Combine(root, "examples");
        IEnumerable<SpecificationExample> files = Directory.EnumerateFiles(examples, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => new SpecificationExample($"{folder}/examples/{Path.GetRelativePath(examples, path).Replace('\\', '/')}", File.ReadAllText(path)));
        return files.Concat(Directory.EnumerateFiles(root, "*1_0.md").SelectMany(path => Blocks(folder, File.ReadLines(path))));
    }

    private static IEnumerable<SpecificationExample> Blocks(string folder, IEnumerable<string> lines)
    {
        int[] numbers = [];
        int count = 0;
        bool appendix = false;
        List<string>? block = null;
        foreach (string line in lines)
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                if (block is not null)
                {
                    yield return new($"{folder} {Section(numbers, appendix)} #{++count}", string.Join('\n', block));
                }

                block = block is null ? [] : null;
            }
            else if (block is not null)
            {
                block.Add(line);
            }
            else if (line.StartsWith("{backmatter}", StringComparison.Ordinal))
            {
                (appendix, numbers) = (true, []);
            }
            else if (Heading().Match(line) is { Success: true } heading)
            {
                int depth = heading.Groups["level"].Length;
                numbers = [.. numbers.Concat(Enumerable.Repeat(0, depth)).Take(depth)];
                numbers[^1]++;
                count = 0;
            }
        }
    }

    private static string Section(int[] numbers, bool appendix) =>
        string.Join('.', numbers.Select((number, depth) => appendix && depth == 0 ? $"{(char)('A' + number - 1)}" : $"{number}"));

    /// <summary>JSON has no line breaks within its texts: those are the printer's, with the spaces after them.</summary>
    private static string Joined(string json)
    {
        StringBuilder joined = new();
        bool within = false, broken = false;
        foreach (char character in json)
        {
            broken = within && (character is '\n' || (broken && character is ' '));
            within ^= character is '"';
            if (!broken)
            {
                joined.Append(character);
            }
        }

        return joined.ToString();
    }

    [GeneratedRegex(@"^(?<level>#{1,5}) [^#]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\A(HTTP/1\.1|POST|GET) [^?\n]*\n.*?\n\s*\n|^Host: [^\n]*", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Head();
}
