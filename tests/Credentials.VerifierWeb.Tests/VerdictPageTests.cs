using System.Net;
using Credentials.DataModel;
using Credentials.TestKit;

namespace Credentials.VerifierWeb.Tests;

public sealed class VerdictPageTests(VerifierApplication application) : IClassFixture<VerifierApplication>
{
    private readonly DiplomaWorld _world = application.World;

    [Fact]
    public async Task Says_verified_whose_diploma_it_is_and_when_it_was_recorded()
    {
        SampleAnchored diploma = await _world.IssueAnchoredAsync("brazil");
        CredentialLink link = _world.Publish(diploma.Text);

        string page = await GetAsync($"/v?c={link.Locator}");

        Assert.Contains("<h1>Verified</h1>", page, StringComparison.Ordinal);
    }

    private async Task<string> GetAsync(string path)
    {
        using HttpClient client = application.CreateClient();
        using HttpResponseMessage answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
