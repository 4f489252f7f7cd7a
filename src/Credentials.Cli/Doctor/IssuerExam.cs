using System.Text.Json;
using Credentials.Cli.Trust;
using Credentials.DataModel;
using Credentials.Encoding;

namespace Credentials.Cli.Doctor;

/// <summary>A running issuer, as its own <c>/health/ready</c> tells it: storage, key ring, chain, anchoring.</summary>
internal static class IssuerExam
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(string url, TrustedOutside outside, CancellationToken cancellationToken)
    {
        if (!TrustFile.IsUrl(url) || !Uri.TryCreate($"{url.TrimEnd('/')}/health/ready", UriKind.Absolute, out Uri? ready))
        {
            throw new MisuseException("--issuer takes the issuer's http or https URL, such as http://localhost:7101.");
        }

        FetchedDocument answer = await outside.Fetcher.FetchAsync(ready, "application/json", cancellationToken);
        if (!answer.Ok)
        {
            string mend = answer.Fault!.StartsWith("HTTP 5", StringComparison.Ordinal) ? "It is up but not ready: see its log, and credentials doctor --issuer-data FOLDER on its own computer."
                : "Start it, or correct the URL. For a private address the trust file needs \"allowPrivateAddresses\": true.";
            return [Finding.Bad("issuer", $"{ready} does not say that it is ready: {answer.Fault}", mend)];
        }

        Parsed<JsonDocument> health = StrictJson.Parse(answer.Body);
        return health.Ok ? [.. Read(health.Value.RootElement)] : [Finding.Bad("issuer", "its health report is no JSON", "Make sure that the URL is an issuer's.")];
    }

    /// <summary>One finding for each entry of <c>checks</c>, be it an object by name or an array with names.</summary>
    private static IEnumerable<Finding> Read(JsonElement report)
    {
        if (report.ValueKind != JsonValueKind.Object || Text(report, "status") is not { } whole)
        {
            return [Finding.Bad("issuer", "its health report has no status", "Make sure that the URL is an issuer's.")];
        }

        IEnumerable<(string Name, JsonElement Entry)> entries = !report.TryGetProperty("checks", out JsonElement checks) ? []
            : checks.ValueKind == JsonValueKind.Object ? checks.EnumerateObject().Select(entry => (entry.Name, entry.Value))
            : checks.ValueKind == JsonValueKind.Array ? checks.EnumerateArray().Select(entry => (Text(entry, "name") ?? "?", entry))
            : [];
        return entries.Select(entry => Of(entry.Name, entry.Entry)).Prepend(IsWell(whole)
            ? Finding.Good("issuer", "it is ready")
            : Finding.Bad("issuer", $"it says that it is {DisplayText.Of(whole)}", "See the entries below."));
    }

    private static Finding Of(string name, JsonElement entry)
    {
        string subject = $"issuer {DisplayText.Of(name, 40)}";
        string sentence = DisplayText.Of(Text(entry, "description") ?? Text(entry, "detail") ?? Text(entry, "status") ?? "no detail");
        return IsWell(Text(entry, "status")) ? Finding.Good(subject, sentence) : Finding.Bad(subject, sentence, DisplayText.Of(Text(entry, "mend") ?? "See the issuer's log."));
    }

    private static bool IsWell(string? status) => string.Equals(status, "Healthy", StringComparison.OrdinalIgnoreCase) || string.Equals(status, "ok", StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
