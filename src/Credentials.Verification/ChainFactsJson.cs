using System.Text.Json;
using Credentials.Anchoring;

namespace Credentials.Verification;

/// <summary>Writes what became of the institution, its key and the credential: the members <c>accreditation</c>, <c>succession</c>, <c>keyGivenUp</c> and <c>replacedBy</c> of a result.</summary>
internal static class ChainFactsJson
{
    /// <summary>Writes those members that there are.</summary>
    public static void Write(Utf8JsonWriter writer, VerificationResult result)
    {
        WriteAccreditation(writer, result.Accreditation);
        if (result.Succession is { } succession)
        {
            writer.WriteStartObject("succession");
            writer.WriteString("successor", succession.Successor.ToString());
            writer.WriteString("since", VerificationResultJson.Time(succession.Since));
            writer.WriteEndObject();
        }

        if (result.KeyGivenUp is { RevokedAt: { } at } key)
        {
            writer.WriteStartObject("keyGivenUp");
            writer.WriteString("at", VerificationResultJson.Time(at));
            writer.WriteString("reason", key.Reason == KeyRevocationReason.Compromised ? "compromised" : "retired");
            writer.WriteEndObject();
        }

        if (result.ReplacedBy is { } successor)
        {
            writer.WriteString("replacedBy", VerificationResultJson.Whole(successor));
        }
    }

    private static void WriteAccreditation(Utf8JsonWriter writer, AccreditationFinding? finding)
    {
        if (finding is null)
        {
            return;
        }

        writer.WriteStartObject("accreditation");
        writer.WriteString("institution", finding.Institution.ToString());
        writer.WriteString("name", VerificationResultJson.Whole(finding.Name));
        writer.WriteString("accreditor", finding.Accreditor.ToString());
        writer.WriteString("accreditorName", VerificationResultJson.Whole(finding.AccreditorName));
        writer.WriteString("authority", finding.Authority.Institution.ToString());
        writer.WriteString("authorityName", VerificationResultJson.Whole(finding.Authority.Name));
        writer.WriteString("since", VerificationResultJson.Time(finding.Since));
        WriteTime(writer, "until", finding.Until);
        WriteTime(writer, "withdrawnAt", finding.WithdrawnAt);
        writer.WriteStartArray("scope");
        foreach (string one in ScopeWords.Codes(finding.Scope))
        {
            writer.WriteStringValue(one);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            writer.WriteString(name, VerificationResultJson.Time(at));
        }
    }
}
