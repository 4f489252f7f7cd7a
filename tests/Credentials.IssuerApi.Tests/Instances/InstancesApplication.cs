using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Credentials.Dids;
using Credentials.TestKit;
using Credentials.Verification;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Credentials.IssuerApi.Tests.Instances;

/// <summary>The issuer with named instances, one a securing form, and a verifier that reads their status lists.</summary>
public sealed class InstancesApplication : WebApplicationFactory<Program>
{
    public const string PublicBaseUrl = "https://instances.example";

    private static readonly (string Name, string Form, string KeyType)[] s_instances =
    [
        ("eddsa-rdfc-2022", "eddsa-rdfc-2022", "Ed25519"),
        ("eddsa-jcs-2022", "eddsa-jcs-2022", "Ed25519"),
        ("ecdsa-rdfc-2019-p256", "ecdsa-rdfc-2019", "P256"),
        ("ecdsa-rdfc-2019-p384", "ecdsa-rdfc-2019", "P384"),
        ("ecdsa-jcs-2019-p256", "ecdsa-jcs-2019", "P256"),
        ("ecdsa-jcs-2019-p384", "ecdsa-jcs-2019", "P384"),
        ("ecdsa-sd-2023", "ecdsa-sd-2023", "P256"),
        ("legacy", "Ed25519Signature2020", "Ed25519"),
        ("status", "eddsa-rdfc-2022", "Ed25519"),
        ("vc-jwt", "vc+jwt", "P256"),
        ("vc-sd-jwt", "vc+sd-jwt", "P256"),
        ("vc-cose", "vc+cose", "P384"),
    ];

    public static TheoryData<string> Names => [.. s_instances.Select(instance => instance.Name)];

    /// <summary>A credential of version 2.0 whose every term is defined.</summary>
    public static JsonObject Credential(string did) => new()
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
        ["id"] = $"urn:uuid:{Guid.NewGuid()}",
        ["type"] = new JsonArray("VerifiableCredential"),
        ["issuer"] = did,
        ["credentialSubject"] = new JsonObject { ["id"] = "did:example:alice", ["name"] = "Alice" },
    };

    /// <summary>The same in version 1.1.</summary>
    public static JsonObject CredentialV1(string did) => new()
    {
        ["@context"] = new JsonArray("https://www.w3.org/2018/credentials/v1"),
        ["id"] = $"urn:uuid:{Guid.NewGuid()}",
        ["type"] = new JsonArray("VerifiableCredential"),
        ["issuer"] = did,
        ["issuanceDate"] = "2026-01-01T00:00:00Z",
        ["credentialSubject"] = new JsonObject { ["id"] = "did:example:alice" },
    };

    /// <summary>The DID of an instance.</summary>
    public async Task<string> DidOfAsync(string name)
    {
        using HttpClient client = CreateClient();
        JsonArray instances = (await client.GetFromJsonAsync<JsonArray>("/issuers"))!;
        return (string)instances.Single(instance => (string?)instance!["name"] == name)!["id"]!;
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string path, JsonNode body)
    {
        using HttpClient client = CreateClient();
        using HttpResponseMessage answer = await client.PostAsync(new Uri(path, UriKind.Relative), JsonContent.Create(body));
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    public Task<(HttpStatusCode Status, JsonNode Body)> PostIssueAsync(string name, JsonNode? credential, JsonObject? options = null)
    {
        JsonObject body = new() { ["credential"] = credential?.DeepClone() };
        if (options is not null)
        {
            body["options"] = options.DeepClone();
        }

        return PostAsync($"/issuers/{name}/credentials/issue", body);
    }

    /// <summary>Issues, and gives the secured credential as it came.</summary>
    public async Task<JsonObject> IssueAsync(string name, JsonObject credential, JsonObject? options = null)
    {
        (HttpStatusCode status, JsonNode body) = await PostIssueAsync(name, credential, options);
        Assert.True(status == HttpStatusCode.Created, body.ToJsonString());
        return body["verifiableCredential"]!.AsObject();
    }

    /// <summary>What a verifier says of it that trusts nobody beforehand and reads status lists here.</summary>
    public async Task<VerificationResult> VerifyAsync(JsonNode credential)
    {
        using HttpClient client = CreateClient();
        TrustedMaterial trusted = new() { DidResolver = DidResolver.Offline, Fetcher = new Lists(client) };
        return await new CredentialVerifier(trusted, VerificationPolicy.Default, TimeProvider.System).VerifyAsync(Utf8.Bytes(credential.ToJsonString()), CancellationToken.None);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Issuer:PublicBaseUrl", PublicBaseUrl);
        for (int i = 0; i < s_instances.Length; i++)
        {
            (string name, string form, string keyType) = s_instances[i];
            builder.UseSetting($"Issuer:Instances:{i}:Name", name);
            builder.UseSetting($"Issuer:Instances:{i}:Form", form);
            builder.UseSetting($"Issuer:Instances:{i}:KeyType", keyType);
            builder.UseSetting($"Issuer:Instances:{i}:StatusList", name == "status" ? "true" : "false");
        }
    }

    private sealed class Lists(HttpClient client) : IDocumentFetcher
    {
        public async Task<FetchedDocument> FetchAsync(Uri url, string accept, CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url.PathAndQuery);
            request.Headers.Accept.ParseAdd(accept);
            using HttpResponseMessage answer = await client.SendAsync(request, cancellationToken);
            return answer.IsSuccessStatusCode
                ? new FetchedDocument(await answer.Content.ReadAsByteArrayAsync(cancellationToken), answer.Content.Headers.ContentType?.MediaType, null)
                : new FetchedDocument(default, null, $"HTTP {(int)answer.StatusCode}");
        }
    }
}
