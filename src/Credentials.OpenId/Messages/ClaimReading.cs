using System.Text.Json;

namespace Credentials.OpenId.Messages;

/// <summary>Claims of JWTs.</summary>
internal static class ClaimReading
{
    private const double EndOfTime = 253402300800;

    /// <summary>A NumericDate; null when it is absent, no number, or no time.</summary>
    public static DateTimeOffset? TimeOf(this JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double seconds) && seconds is >= 0 and < EndOfTime
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;
}
