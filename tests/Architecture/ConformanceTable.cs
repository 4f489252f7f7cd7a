using System.Text.RegularExpressions;

namespace Credentials.Architecture;

/// <summary>One demand of a specification, as docs/openid-conformance.md has it.</summary>
internal sealed record ConformanceRow(string Line, string Id, string Role, string Demand, string Kept, string Test)
{
    /// <summary>The tests named; none when the row says why there is none.</summary>
    public IEnumerable<string> Tests => HasNone ? [] : Conformance.Quoted(Test);

    /// <summary>Whether the row says that no test covers it.</summary>
    public bool HasNone => Test.StartsWith("none: ", StringComparison.Ordinal);
}

/// <summary>Reads the table, and what it speaks of.</summary>
internal static partial class Conformance
{
    public static IReadOnlyList<ConformanceRow> Rows { get; } = [.. File
        .ReadLines(Path.Combine(Repository.Root, "docs", "openid-conformance.md"))
        .Where(line => RowStart().IsMatch(line)).Select(Row)];

    /// <summary>Every C# test of the sources as <c>Class.Method</c>; a method counts for each class that its file declares, bases included.</summary>
    public static HashSet<string> CSharpTests { get; } = [.. Repository.Files("tests", "*.cs").Select(File.ReadAllLines).SelectMany(lines =>
        from type in lines.SelectMany(line => ClassName().Matches(line))
        from method in MethodsOf(lines)
        select type.Groups["it"].Value + "." + method)];

    /// <summary>The texts between back quotes.</summary>
    public static IEnumerable<string> Quoted(string cell) => BackQuoted().Matches(cell).Select(match => match.Groups["it"].Value);

    /// <summary>Whether <c>file.test.ts › title</c> names a test: the file is there, and has a test of that title.</summary>
    public static bool IsScriptTest(string name) => name.Split(" › ") is [var file, var title]
        && ScriptTests(file).Any(text => TestTitle().Matches(text).Any(match => match.Groups["it"].Value == title));

    /// <summary>The sections of a specification, by number, that have a word of BCP 14 which demands.</summary>
    public static IEnumerable<string> DemandingSections(IEnumerable<string> lines)
    {
        int[] numbers = [];
        bool appendix = false, fenced = false;
        foreach (string line in lines)
        {
            if (line.StartsWith("{backmatter}", StringComparison.Ordinal))
            {
                (appendix, numbers) = (true, []);
            }

            fenced ^= line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (!fenced && Heading().Match(line) is { Success: true } heading)
            {
                int depth = heading.Groups["level"].Length;
                numbers = [.. numbers.Concat(Enumerable.Repeat(0, depth)).Take(depth)];
                numbers[^1]++;
            }

            if (numbers is [var first, .. var rest] && Demanding().IsMatch(line))
            {
                yield return string.Join('.', rest.Select(number => $"{number}").Prepend(appendix ? $"{(char)('A' + first - 1)}" : $"{first}"));
            }
        }
    }

    // A method is a test when a fact or theory stands above it, with the rows of its data between.
    private static IEnumerable<string> MethodsOf(string[] lines)
    {
        bool isTest = false;
        foreach (string line in lines)
        {
            isTest |= FactOrTheory().IsMatch(line);
            if (isTest && Method().Match(line) is { Success: true } method)
            {
                isTest = false;
                yield return method.Groups["it"].Value;
            }
        }
    }

    private static IEnumerable<string> ScriptTests(string file) => Repository.Files("tests", file).Concat(Repository.Files("src", file)).Select(File.ReadAllText);

    private static ConformanceRow Row(string line) => line.Trim().Trim('|').Split(" | ").Select(cell => cell.Trim()).ToArray() is [var id, var role, var demand, var kept, var test]
        ? new(line, id, role, demand, kept, test)
        : throw new InvalidDataException("A row has five cells: " + line);

    [GeneratedRegex(@"^\| (VCI|VP|HAIP)-", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RowStart();

    [GeneratedRegex(@"`(?<it>[^`]+)`", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BackQuoted();

    [GeneratedRegex(@"\bclass (?<it>\w+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ClassName();

    [GeneratedRegex(@"^\s*\[(\w*Fact|\w*Theory)\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FactOrTheory();

    [GeneratedRegex(@"^\s*public (static )?(async )?(void|Task|ValueTask) (?<it>\w+)\(", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Method();

    [GeneratedRegex(@"\b(test|it)\(\s*(?<quote>[""'`])(?<it>.+?)\k<quote>,", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TestTitle();

    [GeneratedRegex(@"^(?<level>#{1,5}) [^#]", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\b(MUST|REQUIRED|SHALL)\b", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Demanding();
}
