using System.Security.Cryptography;
using Credentials.TestKit;

namespace Credentials.JsonLd.Tests.Canonicalization;

/// <summary>A second opinion where no two blank nodes look alike: text in, text out, every step on strings.</summary>
internal static class SlowRdfc10
{
    /// <summary>The canonical lines; null where two blank nodes share a hash.</summary>
    public static string? Canonicalize(IReadOnlyList<string[]> quads)
    {
        var hashes = quads.SelectMany(quad => quad).Where(IsBlank).Distinct(StringComparer.Ordinal)
            .ToDictionary(label => label, label => Hash(Lines(quads.Where(quad => quad.Contains(label, StringComparer.Ordinal)), term => term == label ? "_:a" : "_:z")), StringComparer.Ordinal);
        if (hashes.Values.Distinct(StringComparer.Ordinal).Count() < hashes.Count)
        {
            return null;
        }

        List<string> order = [.. hashes.OrderBy(pair => pair.Value, StringComparer.Ordinal).Select(pair => pair.Key)];
        return Lines(quads, term => $"_:c14n{order.IndexOf(term)}");
    }

    private static string Lines(IEnumerable<string[]> quads, Func<string, string> relabel) => string.Concat(quads
        .GroupBy(quad => string.Join(' ', quad), StringComparer.Ordinal)
        .Select(same => string.Join(' ', same.First().Select(term => IsBlank(term) ? relabel(term) : term)) + " .\n")
        .OrderBy(line => Convert.ToHexString(Utf8.Bytes(line)), StringComparer.Ordinal));

    private static bool IsBlank(string term) => term.StartsWith("_:", StringComparison.Ordinal);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Utf8.Bytes(text)));
}
