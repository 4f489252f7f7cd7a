using System.Net;
using System.Text.Json;
using Credentials.Dids;
using Credentials.Ethereum.Evidence;
using Credentials.Ethereum.Proofs;
using Credentials.Evidence;
using Credentials.TestKit.Witnesses;
using Credentials.Verification;
using Microsoft.Extensions.DependencyInjection;

namespace Credentials.IssuerApi.Tests.Evidence;

public sealed class BundleTests : IAsyncLifetime, IDisposable
{
    private readonly TestTimeStampAuthority _authority = new(TimeProvider.System.GetUtcNow().AddYears(-1), TimeProvider.System.GetUtcNow().AddYears(1));
    private readonly TimeStampServer _server;
    private readonly IssuerApplication _issuer;

    public BundleTests()
    {
        _server = new(_authority, TimeProvider.System);
        _issuer = new IssuerApplication { Overrides = services => services.AddHttpClient(nameof(TimeStampAuthority)).ConfigurePrimaryHttpMessageHandler(() => _server) };
        _issuer.Settings["Evidence:TimeStampAuthority"] = "http://tsa.example/";
        _issuer.Settings["Anchoring:MaxBatchAge"] = "00:00:00.500";
    }

    public Task InitializeAsync() => _issuer.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)_issuer).DisposeAsync();

    public void Dispose()
    {
        _issuer.Dispose();
        _server.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task A_finalized_diploma_has_a_bundle_that_verifies_without_a_network()
    {
        University university = await _issuer.CreateUniversityAsync();
        string id = await FinalAsync(university, await university.Registrar.IssueIdAsync());
        using HttpResponseMessage answer = await university.Registrar.GetAsync($"/credentials/{id}/bundle");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(EvidenceBundle.MediaType, answer.Content.Headers.ContentType?.MediaType);
        VerificationResult result = await VerifyAsync(university, await answer.Content.ReadAsByteArrayAsync());
        Assert.True(result.Verdict == Verdict.Verified, string.Join('\n', result.Checks));
        Assert.NotNull(result.AsOf);
    }

    [Fact]
    public async Task The_diplomas_of_a_batch_share_one_token()
    {
        University university = await _issuer.CreateUniversityAsync();
        string[] ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => university.Registrar.IssueIdAsync()));
        string[] roots = [.. (await Task.WhenAll(ids.Select(async id =>
        {
            using HttpResponseMessage receipt = await university.Registrar.GetAsync($"/credentials/{await FinalAsync(university, id)}/receipt");
            return (await receipt.ReadAsync(HttpStatusCode.OK)).GetProperty("root").GetString()!;
        }))).Distinct(StringComparer.Ordinal)];
        byte[][] bundles = await Task.WhenAll(ids.Select(id => university.Registrar.GetByteArrayAsync($"/credentials/{id}/bundle")));
        Assert.Equal(roots.Length, _server.Asked);
        foreach (byte[] bundle in bundles)
        {
            Assert.Equal(Verdict.Verified, (await VerifyAsync(university, bundle)).Verdict);
        }
    }

    [Fact]
    public async Task The_public_link_gives_the_bundle_too()
    {
        University university = await _issuer.CreateUniversityAsync();
        JsonElement issued = await university.Registrar.IssueAsync();
        await FinalAsync(university, issued.GetProperty("id").GetString()!);
        using HttpClient anybody = _issuer.ClientOf(null);
        byte[] bundle = await anybody.GetByteArrayAsync(new Uri(issued.GetProperty("links").GetProperty("public").GetString()!).PathAndQuery + "?form=bundle");
        Assert.Equal(Verdict.Verified, (await VerifyAsync(university, bundle)).Verdict);
    }

    [Fact]
    public async Task Before_the_anchor_is_final_there_is_none()
    {
        University university = await _issuer.CreateUniversityAsync();
        _issuer.Ledger.Unplugged = true;
        string id = await university.Registrar.IssueIdAsync();
        using HttpResponseMessage answer = await university.Registrar.GetAsync($"/credentials/{id}/bundle");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(0, _server.Asked);
    }

    [Fact]
    public async Task Says_what_is_missing_while_the_authority_or_the_node_is_away()
    {
        University university = await _issuer.CreateUniversityAsync();
        string id = await FinalAsync(university, await university.Registrar.IssueIdAsync());
        _server.Instead = _ => new(HttpStatusCode.BadGateway);
        using HttpResponseMessage unstamped = await university.Registrar.GetAsync($"/credentials/{id}/bundle");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unstamped.StatusCode);
        Assert.Contains("tsa.example", await unstamped.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        _server.Instead = _ => TimeStampServer.Reply(TestTimeStampAuthority.Refuse());
        using HttpResponseMessage refused = await university.Registrar.GetAsync($"/credentials/{id}/bundle");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        _issuer.Ledger.Unplugged = true;
        using HttpResponseMessage unplugged = await university.Registrar.GetAsync($"/credentials/{id}/bundle");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unplugged.StatusCode);
    }

    [Fact]
    public async Task Nobody_else_reads_it_by_id()
    {
        University university = await _issuer.CreateUniversityAsync();
        University other = await _issuer.CreateUniversityAsync();
        string id = await FinalAsync(university, await university.Registrar.IssueIdAsync());
        using HttpResponseMessage foreign = await other.Registrar.GetAsync($"/credentials/{id}/bundle");
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        using HttpClient anybody = _issuer.ClientOf(null);
        using HttpResponseMessage stranger = await anybody.GetAsync($"/credentials/{id}/bundle");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    private static async Task<string> FinalAsync(University university, string id)
    {
        await university.Registrar.WaitForAsync($"/credentials/{id}/state", state => state.GetProperty("state").GetString() == "finalized");
        return id;
    }

    private async Task<VerificationResult> VerifyAsync(University university, byte[] bundle)
    {
        using HttpClient anybody = _issuer.ClientOf(null);
        JsonElement document = JsonDocument.Parse(await anybody.GetByteArrayAsync($"/institutions/{university.Slug}/did.json")).RootElement;
        TrustedMaterial trusted = new()
        {
            PinnedDidDocuments = [DidDocument.Read(document, university.Did).Require()],
            EvidenceChains = [new(_issuer.Chain.Registry, _issuer.Chain.GenesisHash, new RegistryEvidenceReader(_issuer.Chain))],
            Witnesses = [new("Authority", _authority.Root, null)],
        };
        return await new CredentialVerifier(trusted, VerificationPolicy.Offline, TimeProvider.System).VerifyBundleAsync(bundle, CancellationToken.None);
    }
}
