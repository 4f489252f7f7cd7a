using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Ethereum;

namespace Credentials.IssuerApi.Tests.Distrust;

/// <summary>A root is distrusted for good, so nobody does it to diplomas of his own without knowing how many.</summary>
public sealed class DistrustTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task A_root_of_our_own_is_distrusted_by_who_says_how_many_diplomas_that_costs()
    {
        University university = await issuer.CreateUniversityAsync();
        string root = await AnchorAsync(university);
        using HttpResponseMessage careless = await PostAsync(root, new { institution = university.Slug });
        await careless.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
        using HttpResponseMessage wrong = await PostAsync(root, new { institution = university.Slug, credentials = 2 });
        await wrong.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
        Assert.Equal(0UL, (await LookUpAsync(university, root)).DistrustedAt);

        for (int i = 0; i < 200; i++)
        {
            using HttpResponseMessage answer = await PostAsync(root, new { institution = university.Slug, credentials = 1 });
            if ((await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("registry").GetString() == "finalized")
            {
                break;
            }

            await Task.Delay(20);
        }

        Assert.NotEqual(0UL, (await LookUpAsync(university, root)).DistrustedAt);
    }

    [Fact]
    public async Task A_root_of_a_thief_needs_no_number_and_the_institution_does()
    {
        University university = await issuer.CreateUniversityAsync();
        string root = "0x" + new string('9', 64);
        using HttpResponseMessage answer = await PostAsync(root, new { institution = university.Slug });
        Assert.Equal(0, (await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("credentials").GetInt64());
        using HttpResponseMessage many = await PostAsync(root, new { institution = university.Slug, credentials = 5 });
        await many.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
        using HttpResponseMessage nobody = await PostAsync(root, new { institution = "nobody" });
        await nobody.ReadProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Theory]
    [InlineData("0x12")]
    [InlineData("nothing")]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Refuses_what_is_no_root(string root)
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await PostAsync(root, new { institution = university.Slug });
        await answer.ReadProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Refuses_a_registrar()
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await university.Registrar.PostAsJsonAsync($"/anchors/0x{new string('9', 64)}/distrust", new { institution = university.Slug });
        await answer.ReadProblemAsync(HttpStatusCode.Forbidden);
    }

    private Task<HttpResponseMessage> PostAsync(string root, object message) => issuer.ClientOf(IssuerApplication.AdministratorKey).PostAsJsonAsync($"/anchors/{root}/distrust", message);

    private static async Task<string> AnchorAsync(University university)
    {
        string id = await university.Registrar.IssueIdAsync();
        JsonElement state = await university.Registrar.WaitForAsync($"/credentials/{id}/state", now => now.GetProperty("state").GetString() == "finalized");
        return state.GetProperty("root").GetString()!;
    }

    private Task<RegistryState> LookUpAsync(University university, string root)
    {
        _ = InstitutionId.TryParse(university.ChainInstitution, out InstitutionId id);
        _ = MerkleRoot.TryParse(root, out MerkleRoot anchored);
        return issuer.Ledger.LookUpAsync(issuer.Chain.Contract, new LookupQuery(id, anchored), BlockTag.Latest, CancellationToken.None);
    }
}
