using System.Globalization;
using System.Text.Json;
using Credentials.Anchoring;

namespace Credentials.Verification;

/// <summary>What an accreditation vouches for, in words and codes; and the level that a diploma claims for itself.</summary>
internal static class ScopeWords
{
    public const int Levels = 8;

    /// <summary>The EQF levels in a scope, in order.</summary>
    public static IReadOnlyList<int> LevelsOf(AccreditationScope scope) => [.. Enumerable.Range(1, Levels).Where(level => scope.HasFlag(OfLevel(level)))];

    /// <summary>The bit of an EQF level.</summary>
    public static AccreditationScope OfLevel(int level) => (AccreditationScope)(1UL << level);

    /// <summary><c>eqf-6</c> and the like, <c>without-level</c>, and <c>bit-N</c> for what has no name yet.</summary>
    public static IEnumerable<string> Codes(AccreditationScope scope) =>
        from bit in Enumerable.Range(0, 63)
        where ((ulong)scope & (1UL << bit)) != 0
        select bit switch
        {
            0 => "without-level",
            <= Levels => string.Create(CultureInfo.InvariantCulture, $"eqf-{bit}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"bit-{bit}"),
        };

    /// <summary>The scope in a sentence: <c>awards of EQF levels 5 to 8 and awards without a level</c>.</summary>
    public static string Say(AccreditationScope scope)
    {
        IReadOnlyList<int> levels = LevelsOf(scope);
        string[] parts =
        [
            .. levels.Count > 0 ? [$"awards of EQF level{(levels.Count == 1 ? "" : "s")} {Range(levels)}"] : Array.Empty<string>(),
            .. scope.HasFlag(AccreditationScope.AwardsWithoutLevel) ? ["awards without a level"] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? "things that this verifier has no name for" : string.Join(" and ", parts);
    }

    /// <summary><c>5 to 8</c> where they follow each other, else <c>5, 7</c>.</summary>
    public static string Range(IReadOnlyList<int> levels) => levels.Count > 2 && levels[^1] - levels[0] == levels.Count - 1
        ? string.Create(CultureInfo.InvariantCulture, $"{levels[0]} to {levels[^1]}")
        : string.Join(", ", levels.Select(level => level.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The EQF levels that a diploma claims for its award: <c>award.level</c> of the framework <c>EQF</c>, a number, a text of one, or an array of such; and <c>eqf_level</c> of an SD-JWT VC.</summary>
    public static IReadOnlyList<int> ClaimedIn(JsonElement credential) =>
    [
        .. from subject in Subjects(credential)
           from award in Items(Member(subject, "award"))
           from level in Items(Member(award, "level"))
           where Member(level, "framework") is { ValueKind: JsonValueKind.String } framework && "EQF".Equals(framework.GetString()!.Trim(), StringComparison.OrdinalIgnoreCase)
           from value in Items(Member(level, "value"))
           let number = NumberOf(value)
           where number is >= 1 and <= Levels
           select number.Value,
        .. from subject in Items(Member(credential, "credentialSubject"))
           from value in Items(Member(subject, "eqf_level"))
           let number = NumberOf(value)
           where number is >= 1 and <= Levels
           select number.Value,
    ];

    // Of a wallet's copy as an SD-JWT VC, the master's subject is one of the claims.
    private static IEnumerable<JsonElement> Subjects(JsonElement credential) =>
        Items(Member(credential, "credentialSubject")).SelectMany(subject => Items(Member(subject, "diploma")).Prepend(subject));

    private static int? NumberOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out double number) => Whole(number),
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) => Whole(number),
        _ => null,
    };

    private static int? Whole(double number) => number is >= 1 and <= Levels && double.IsInteger(number) ? (int)number : null;

    private static IEnumerable<JsonElement> Items(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray(),
        JsonValueKind.Undefined => [],
        _ => [json],
    };

    private static JsonElement Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement member) ? member : default;
}
