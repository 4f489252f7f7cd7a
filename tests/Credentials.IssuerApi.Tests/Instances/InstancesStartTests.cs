using Credentials.IssuerApi.Tests.Startup;

namespace Credentials.IssuerApi.Tests.Instances;

/// <summary>Instances ask nobody who they are: they start for this computer alone, and with nothing else.</summary>
public sealed class InstancesStartTests
{
    [Theory]
    [InlineData("http://0.0.0.0:0", "listen on loopback addresses only")]
    [InlineData("http://127.0.0.1:0;http://*:0", "listen on loopback addresses only")]
    [InlineData("http://issuer.example.edu:80", "listen on loopback addresses only")]
    public async Task Refuses_to_serve_others(string urls, string sentence) => await AssertRefusedAsync(sentence, ("ASPNETCORE_URLS", urls));

    [Theory]
    [InlineData("Name", "Not A Name", "Issuer:Instances:0:Name must have")]
    [InlineData("Form", "rot13", "Issuer:Instances:0:Form must be one of")]
    [InlineData("Form", "vp+jwt", "Issuer:Instances:0:Form must be one of")]
    [InlineData("KeyType", "Ed25519", "Issuer:Instances:0:KeyType must be one of P256, P384")]
    [InlineData("KeyType", "7", "Issuer:Instances:0:KeyType must be one of P256, P384")]
    public async Task Refuses_an_instance_that_cannot_be(string member, string value, string sentence) =>
        await AssertRefusedAsync(sentence, ($"Issuer__Instances__0__{member}", value));

    [Fact]
    public async Task Refuses_two_of_one_name() => await AssertRefusedAsync(
        "names \"one\" twice", ("Issuer__Instances__1__Name", "one"), ("Issuer__Instances__1__Form", "ecdsa-jcs-2019"), ("Issuer__Instances__1__KeyType", "P256"));

    [Fact]
    public async Task Starts_on_loopback_with_neither_database_nor_chain()
    {
        using IssuerChild child = IssuerChild.Start(Settings());
        Uri address = await child.ListeningAsync();
        using var client = new HttpClient { BaseAddress = address };
        Assert.Contains("did:key:zDna", await client.GetStringAsync(new Uri("/issuers", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal(0, await child.StopAsync());
    }

    private static Dictionary<string, string> Settings() => new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["Issuer__Instances__0__Name"] = "one",
        ["Issuer__Instances__0__Form"] = "ecdsa-jcs-2019",
        ["Issuer__Instances__0__KeyType"] = "P256",
    };

    private static async Task AssertRefusedAsync(string sentence, params (string Key, string Value)[] changes)
    {
        Dictionary<string, string> settings = Settings();
        foreach ((string key, string value) in changes)
        {
            settings[key] = value;
        }

        (int exitCode, string output) = await IssuerChild.RunAsync(settings);
        Assert.True(exitCode == 78, $"{exitCode}: {output}");
        Assert.Contains(sentence, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
