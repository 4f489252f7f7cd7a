using System.Globalization;
using System.Text.Json;

namespace Credentials.Wallets;

/// <summary>The level of the European Qualifications Framework that an award claims, also where its country only compares its own level to one.</summary>
internal static class EqfLevel
{
    private const int Highest = 8;

    /// <summary>The level, 1 to 8; null when the award names none.</summary>
    public static int? In(JsonElement award)
    {
        JsonElement[] levels = award.ValueKind == JsonValueKind.Object && award.TryGetProperty("level", out JsonElement level)
            ? level.ValueKind == JsonValueKind.Array ? [.. level.EnumerateArray()] : [level]
            : [];
        return levels.Where(one => FrameworkOf(one) == "EQF").Concat(levels.Where(one => FrameworkOf(one)?.StartsWith("EQF (", StringComparison.Ordinal) == true)).Select(ValueOf).FirstOrDefault(value => value is not null);
    }

    private static string? FrameworkOf(JsonElement level) =>
        level.ValueKind == JsonValueKind.Object && level.TryGetProperty("framework", out JsonElement name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;

    private static int? ValueOf(JsonElement level)
    {
        if (!level.TryGetProperty("value", out JsonElement value))
        {
            return null;
        }

        int number = 0;
        bool isLevel = value.ValueKind == JsonValueKind.Number ? value.TryGetInt32(out number) : value.ValueKind == JsonValueKind.String && int.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number);
        return isLevel && number is >= 1 and <= Highest ? number : null;
    }
}
