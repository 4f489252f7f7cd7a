using Microsoft.AspNetCore.Mvc.Testing;

namespace Credentials.WalletWeb.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task Starts()
    {
        await using var factory = new WebApplicationFactory<Program>();
        using HttpClient http = factory.CreateClient();
        using HttpResponseMessage answer = await http.GetAsync(new Uri("/", UriKind.Relative));
        Assert.NotNull(answer);
    }
}
