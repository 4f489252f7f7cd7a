using System.Globalization;

namespace Credentials.JsonLd.Canonicalization;

/// <summary>The identifiers that RDFC-1.0 gives out.</summary>
internal static class CanonicalLabel
{
    private static readonly string[] Kept = [.. Enumerable.Range(0, 64).Select(Write)];

    /// <summary><c>c14n0</c>, <c>c14n1</c>, …</summary>
    public static string Of(int number) => number < Kept.Length ? Kept[number] : Write(number);

    private static string Write(int number) => "c14n" + number.ToString(CultureInfo.InvariantCulture);
}
