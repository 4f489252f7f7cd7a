using System.Text.Json;
using Credentials.Verification;

namespace Credentials.VerifierWeb.Api;

/// <summary>The names by which <c>options.checks</c> asks for checks: ours, and those of the VC-API for the same things.</summary>
internal static class CheckNames
{
    private static readonly Dictionary<string, string> s_names = new(CheckName.All.ToDictionary(name => name, StringComparer.Ordinal), StringComparer.Ordinal)
    {
        ["credentialStatus"] = CheckName.Status,
        ["credentialSchema"] = CheckName.Schema,
        ["validityPeriod"] = CheckName.ValidityPeriod,
    };

    /// <summary>For a refusal.</summary>
    public static string Known => string.Join(", ", s_names.Keys.Order(StringComparer.Ordinal));

    /// <summary>Our names of the checks; null when the value is no array of names that are known.</summary>
    public static IReadOnlyList<string>? Read(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        SortedSet<string> checks = new(StringComparer.Ordinal);
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !s_names.TryGetValue(item.GetString()!, out string? name))
            {
                return null;
            }

            checks.Add(name);
        }

        return [.. checks];
    }
}
