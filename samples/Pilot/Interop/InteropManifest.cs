using System.Text.Json.Nodes;

namespace Credentials.Pilot.Interop;

/// <summary>What an interoperability suite needs to know of us: every endpoint, relative to where this manifest lies, with its tags.</summary>
/// <remarks>The members are those of https://github.com/w3c/vc-test-suite-implementations.</remarks>
internal static class InteropManifest
{
    public const string Path = "/.well-known/vc-interop.json";

    /// <summary>The manifest.</summary>
    /// <param name="issuers">The issuer's own list of its instances (<c>GET /issuers</c>): the keys are of this start.</param>
    public static JsonObject Of(JsonArray issuers)
    {
        string[] tags = [.. InteropInstances.All.SelectMany(instance => instance.Tags).Distinct(StringComparer.Ordinal)];
        string verifier = DidOf(issuers, InteropInstances.All[0]);
        return new JsonObject
        {
            ["name"] = "Credentials",
            ["implementation"] = "Credentials (.NET)",
            ["issuers"] = new JsonArray([.. InteropInstances.All.Select(instance => Issuer(instance, DidOf(issuers, instance)))]),
            ["verifiers"] = new JsonArray(Verifier(verifier, "/credentials/verify", tags)),
            ["vpVerifiers"] = new JsonArray(Verifier(verifier, "/presentations/verify", tags)),
            ["vcHolders"] = new JsonArray(new JsonObject
            {
                ["id"] = DidOf(issuers, InteropInstances.All.First(instance => instance.Form == "ecdsa-sd-2023")),
                ["endpoint"] = "/credentials/derive",
                ["supports"] = Versions(["1.1", "2.0"]),
                ["supportedEcdsaKeyTypes"] = new JsonArray("P-256"),
                ["tags"] = Texts(["vcHolder", "ecdsa-sd-2023"]),
            }),
            ["didResolvers"] = new JsonArray(Resolver([.. InteropInstances.All.Select(instance => DidOf(issuers, instance)).DistinctBy(did => did[..12])])),
        };
    }

    private static JsonObject Issuer(InteropInstance instance, string did)
    {
        JsonObject issuer = new()
        {
            ["id"] = did,
            ["endpoint"] = $"/issuers/{instance.Name}/credentials/issue",
            ["supports"] = Versions(instance.Versions),
        };
        if (instance.EcdsaCurve is { } curve)
        {
            issuer["supportedEcdsaKeyTypes"] = new JsonArray(curve);
        }

        issuer["tags"] = Texts(instance.Tags);
        issuer["options"] = new JsonObject();
        if (instance.IsLegacy)
        {
            issuer["legacy"] = true;
        }

        return issuer;
    }

    private static JsonObject Verifier(string id, string endpoint, IEnumerable<string> tags) => new()
    {
        ["id"] = id,
        ["endpoint"] = endpoint,
        ["supports"] = Versions(["1.1", "2.0"]),
        ["supportedEcdsaKeyTypes"] = new JsonArray("P-256", "P-384"),
        ["tags"] = Texts(tags),
    };

    private static JsonObject Resolver(string[] dids) => new()
    {
        ["endpoint"] = "/identifiers",
        ["tags"] = Texts(["did-key", "did-resolution"]),
        ["supportedDids"] = new JsonObject
        {
            ["valid"] = new JsonArray([.. dids.Select(did => (JsonNode)new JsonObject { ["did"] = did })]),
            ["derefUrls"] = new JsonArray([.. dids.Select(did => (JsonNode)new JsonObject
            {
                ["didUrl"] = $"{did}#{did["did:key:".Length..]}",
                ["dereferencingOptions"] = new JsonObject { ["accept"] = "application/did" },
            })]),
        },
    };

    private static string DidOf(JsonArray issuers, InteropInstance instance) =>
        (string?)issuers.FirstOrDefault(issuer => (string?)issuer?["name"] == instance.Name)?["id"] ?? throw new PilotException($"The issuer has no instance {instance.Name}.");

    private static JsonObject Versions(IEnumerable<string> versions) => new() { ["vc"] = Texts(versions) };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
