using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Credentials.CredentialTypes;
using Credentials.OpenId.Issuance.Metadata;
using Credentials.OpenId.OAuth;

namespace Credentials.IssuerApi.Tests.Wallets;

/// <summary>What an issuer says of itself, and the certificates of its keys.</summary>
public sealed class MetadataTests(IssuerApplication app) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task Describes_itself_as_issuer_and_as_server()
    {
        University university = await app.CreateUniversityAsync();
        string issuer = $"http://localhost:7101/institutions/{university.Slug}";
        using HttpClient wallet = app.ClientOf(null);
        CredentialIssuerMetadata metadata = CredentialIssuerMetadata.Read(await wallet.GetByteArrayAsync(CredentialIssuerMetadata.UrlOf(issuer).AbsolutePath), issuer).Require();
        Assert.Equal(["diploma-jwt-vc", "diploma-ldp-vc", "diploma-sd-jwt", "diploma-vc-jwt"], metadata.Configurations.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["ar", "en", "es", "pt", "zh-Hans"], metadata.Configurations["diploma-sd-jwt"].Display.Select(display => display.Locale!).Order(StringComparer.Ordinal));
        Assert.All(metadata.Configurations.Values, configuration => Assert.Equal(["jwk", "did:key", "did:jwk"], configuration.BindingMethods));
        Assert.Equal(10, metadata.BatchSize);
        AuthorizationServerMetadata server = AuthorizationServerMetadata.Read(await wallet.GetByteArrayAsync(AuthorizationServerMetadata.UrlOf(issuer).AbsolutePath), issuer).Require();
        Assert.Equal(["S256"], server.CodeChallengeMethods);
        Assert.True(server.PreAuthorizedAnonymousAccess && server.AuthorizationResponseIssParameter);
        Assert.Equal(DiplomaType.Document.ToArray(), await wallet.GetByteArrayAsync("/credential-types/diploma"));
        JsonElement keys = JsonDocument.Parse(await wallet.GetStringAsync($"/.well-known/jwt-vc-issuer/institutions/{university.Slug}")).RootElement;
        Assert.Equal(issuer, keys.GetProperty("issuer").GetString());
        Assert.All(keys.GetProperty("jwks").GetProperty("keys").EnumerateArray(), key => Assert.StartsWith(university.Did + "#", key.GetProperty("kid").GetString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/.well-known/openid-credential-issuer/institutions/nobody")]
    [InlineData("/.well-known/oauth-authorization-server/institutions/nobody")]
    [InlineData("/.well-known/jwt-vc-issuer/institutions/nobody")]
    [InlineData("/status-lists/none/token")]
    [InlineData("/offers/none")]
    public async Task Knows_nobody_whom_it_does_not_serve(string path)
    {
        using HttpClient wallet = app.ClientOf(null);
        using HttpResponseMessage answer = await wallet.GetAsync(path);
        await answer.ReadProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Refuses_a_certificate_of_another_key_or_text_that_is_none()
    {
        University university = await app.CreateUniversityAsync();
        using HttpClient administrator = app.ClientOf(IssuerApplication.AdministratorKey);
        string keyId = await KeyAsync(university);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=u", other, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        foreach (string body in (string[])[certificate.ExportCertificatePem(), "", "garbage", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"])
        {
            using HttpResponseMessage answer = await PutAsync(administrator, university, keyId, body);
            await answer.ReadProblemAsync(HttpStatusCode.BadRequest);
        }

        using HttpResponseMessage missing = await PutAsync(administrator, university, "zNone", certificate.ExportCertificatePem());
        await missing.ReadProblemAsync(HttpStatusCode.NotFound);
        using HttpResponseMessage registrar = await PutAsync(university.Registrar, university, keyId, certificate.ExportCertificatePem());
        await registrar.ReadProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Names_no_type_that_an_institutions_diplomas_need_not_have()
    {
        University university = await app.CreateUniversityAsync();
        JsonElement metadata = JsonDocument.Parse(await app.ClientOf(null).GetStringAsync($"/.well-known/openid-credential-issuer/institutions/{university.Slug}")).RootElement;
        JsonElement.ObjectEnumerator configurations = metadata.GetProperty("credential_configurations_supported").EnumerateObject();
        string[][] types = [.. configurations.Where(each => each.Value.TryGetProperty("credential_definition", out _)).Select(each => each.Value.GetProperty("credential_definition").GetProperty("type").EnumerateArray().Select(type => type.GetString()!).ToArray())];
        Assert.NotEmpty(types);
        Assert.All(types, each => Assert.Equal(["VerifiableCredential"], each));
    }

    private async Task<string> KeyAsync(University university)
    {
        using HttpResponseMessage keys = await app.ClientOf(null).GetAsync($"/.well-known/jwt-vc-issuer/institutions/{university.Slug}");
        JsonElement key = (await keys.ReadAsync(HttpStatusCode.OK)).GetProperty("jwks").GetProperty("keys").EnumerateArray().First(each => each.GetProperty("crv").GetString() == "P-256");
        return key.GetProperty("kid").GetString()!.Split('#')[1];
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, University university, string keyId, string body) =>
        client.PutAsync($"/institutions/{university.Slug}/keys/{keyId}/certificate", new StringContent(body, new MediaTypeHeaderValue("application/pem-certificate-chain")));
}
