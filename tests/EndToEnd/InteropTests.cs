using System.Net;
using System.Text.Json.Nodes;
using Credentials.EndToEnd.World;

namespace Credentials.EndToEnd;

/// <summary><c>make interop</c>: it starts, its manifest tells the truth, and what each of its instances issues, its verifier accepts.</summary>
[Collection("end to end")]
public sealed class InteropTests
{
    private static readonly (string Tag, string? Curve)[] s_wanted =
    [
        ("eddsa-rdfc-2022", null), ("vc2.0", null), ("vc-api", null), ("eddsa-jcs-2022", null),
        ("ecdsa-rdfc-2019", "P-256"), ("ecdsa-rdfc-2019", "P-384"), ("ecdsa-jcs-2019", "P-256"), ("ecdsa-jcs-2019", "P-384"), ("ecdsa-sd-2023", "P-256"),
        ("Ed25519Signature2020", null), ("BitstringStatusList", null), ("EnvelopingProof", "P-256"),
    ];

    [Fact]
    public async Task Serves_what_its_manifest_lists()
    {
        await using InteropHost host = await InteropHost.StartAsync();
        AssertManifest(host.Manifest);
        string verify = (string)host.Manifest["verifiers"]![0]!["endpoint"]!;
        foreach (JsonNode? issuer in host.Manifest["issuers"]!.AsArray())
        {
            JsonNode secured = await IssueAsync(host, issuer!);
            (HttpStatusCode status, JsonNode answer) = await host.PostAsync(verify, Asking("verifiableCredential", secured));
            Assert.True(status == HttpStatusCode.OK, $"{issuer!["endpoint"]}: {answer.ToJsonString()}");

            (status, _) = await host.PostAsync(verify, Asking("verifiableCredential", Tampered(secured)));
            Assert.Equal(HttpStatusCode.BadRequest, status);
        }

        foreach (JsonNode? did in host.Manifest["didResolvers"]![0]!["supportedDids"]!["valid"]!.AsArray())
        {
            JsonNode document = JsonNode.Parse(await host.Http.GetStringAsync(new Uri($"/identifiers/{did!["did"]}", UriKind.Relative)))!;
            Assert.Contains((string)did["did"]!, document.ToJsonString(), StringComparison.Ordinal);
        }

        // A presentation that nobody signed.
        JsonObject presentation = new() { ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"), ["type"] = new JsonArray("VerifiablePresentation") };
        Assert.Equal(HttpStatusCode.BadRequest, (await host.PostAsync((string)host.Manifest["vpVerifiers"]![0]!["endpoint"]!, Asking("verifiablePresentation", presentation))).Status);
    }

    private static void AssertManifest(JsonObject manifest)
    {
        JsonArray issuers = manifest["issuers"]!.AsArray();
        foreach ((string tag, string? curve) in s_wanted)
        {
            Assert.Single(issuers, issuer => Tags(issuer!).Contains(tag) && (curve is null || issuer!["supportedEcdsaKeyTypes"]!.AsArray().Any(type => (string?)type == curve)));
        }

        Assert.All(issuers, issuer => Assert.StartsWith("did:key:z", (string)issuer!["id"]!, StringComparison.Ordinal));
        Assert.All(new[] { "verifiers", "vpVerifiers" }, kind => Assert.Superset(s_wanted.Select(wanted => wanted.Tag).ToHashSet(StringComparer.Ordinal), Tags(Assert.Single(manifest[kind]!.AsArray())!)));
        Assert.Equal(["ecdsa-sd-2023", "vcHolder"], Tags(Assert.Single(manifest["vcHolders"]!.AsArray())!).Order(StringComparer.Ordinal));
        Assert.All(manifest.Where(member => member.Value is JsonArray).SelectMany(member => member.Value!.AsArray()), endpoint => Assert.StartsWith("/", (string)endpoint!["endpoint"]!, StringComparison.Ordinal));
    }

    /// <summary>Issues; of <c>ecdsa-sd-2023</c>, gives a copy derived from it, because no verifier takes a base proof.</summary>
    private static async Task<JsonNode> IssueAsync(InteropHost host, JsonNode issuer)
    {
        bool selective = Tags(issuer).Contains("ecdsa-sd-2023");
        JsonObject request = new()
        {
            ["credential"] = new JsonObject
            {
                ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
                ["type"] = new JsonArray("VerifiableCredential"),
                ["issuer"] = (string)issuer["id"]!,
                ["credentialSubject"] = new JsonObject { ["id"] = "did:example:alice", ["name"] = "Alice" },
            },
            ["options"] = selective ? new JsonObject { ["mandatoryPointers"] = new JsonArray("/issuer") } : new JsonObject(),
        };
        (HttpStatusCode status, JsonNode answer) = await host.PostAsync((string)issuer["endpoint"]!, request);
        Assert.True(status == HttpStatusCode.Created, $"{issuer["endpoint"]}: {answer.ToJsonString()}");
        if (selective)
        {
            JsonObject asking = Asking("verifiableCredential", answer["verifiableCredential"]!);
            asking["options"] = new JsonObject { ["selectivePointers"] = new JsonArray("/credentialSubject") };
            (status, answer) = await host.PostAsync((string)host.Manifest["vcHolders"]![0]!["endpoint"]!, asking);
            Assert.True(status == HttpStatusCode.Created, answer.ToJsonString());
        }

        return answer["verifiableCredential"]!;
    }

    private static JsonObject Asking(string member, JsonNode document) => new() { [member] = document.DeepClone() };

    private static JsonNode Tampered(JsonNode secured)
    {
        JsonNode copy = secured.DeepClone();
        if (copy["credentialSubject"] is JsonObject subject)
        {
            subject["name"] = "Mallory";
        }
        else
        {
            string id = (string)copy["id"]!;
            int middle = id.LastIndexOf('.') - 10;
            copy["id"] = string.Concat(id.AsSpan(0, middle), id[middle] == 'A' ? "B" : "A", id.AsSpan(middle + 1));
        }

        return copy;
    }

    private static HashSet<string> Tags(JsonNode endpoint) => endpoint["tags"]!.AsArray().Select(tag => (string)tag!).ToHashSet(StringComparer.Ordinal);
}
