using System.Text.Json;
using Credentials.OpenId.Presentation.Dcql;
using Credentials.TestKit;

namespace Credentials.OpenId.Tests.Presentation.Dcql;

/// <summary>Queries and credentials written as JSON, for tests.</summary>
internal static class Queries
{
    public static Parsed<DcqlQuery> Read(string json) => DcqlQuery.Parse(Utf8.Bytes(json));

    public static DcqlQuery Of(string json) => Read(json).Require();

    /// <summary>A query of one credential, with members of its own.</summary>
    public static string One(string members) => $$"""{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{"vct_values":["urn:t"]}{{(members.Length == 0 ? "" : "," + members)}}}]}""";

    /// <summary>An SD-JWT VC as a query sees it.</summary>
    public static DcqlCredential Credential(string json, params string[] disclosures) => new(Guid.NewGuid().ToString("N"), CredentialFormat.SdJwtVc, JsonDocument.Parse(json).RootElement)
    {
        Types = ["urn:t"],
        Disclosures = disclosures,
        IsHolderBound = true,
    };

    /// <summary>An answer.</summary>
    public static Dictionary<string, IReadOnlyList<DcqlCredential>> Answer(params (string Id, DcqlCredential Credential)[] shown) =>
        shown.GroupBy(one => one.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => (IReadOnlyList<DcqlCredential>)[.. group.Select(one => one.Credential)], StringComparer.Ordinal);

    /// <summary>What of a credential is shown: its JSON with the disclosures that were chosen alone.</summary>
    public static DcqlCredential Shown(DcqlCredential held, IEnumerable<string> chosen)
    {
        HashSet<string> kept = [.. chosen];
        var json = System.Text.Json.Nodes.JsonNode.Parse(held.Json.GetRawText())!.AsObject();
        foreach (string hidden in held.Disclosures.Where(pointer => !kept.Contains(pointer)).OrderByDescending(pointer => pointer.Length))
        {
            string[] steps = hidden[1..].Split('/');
            System.Text.Json.Nodes.JsonNode? at = json;
            foreach (string step in steps[..^1])
            {
                at = at is System.Text.Json.Nodes.JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : at?[step];
            }

            (at as System.Text.Json.Nodes.JsonObject)?.Remove(steps[^1]);
        }

        return held with { Json = JsonSerializer.SerializeToElement(json), Disclosures = [.. held.Disclosures.Where(kept.Contains)] };
    }
}
