using Credentials.WalletWeb.Options;

namespace Credentials.WalletWeb.Tests;

public sealed class OptionsTests
{
    private static readonly WalletOptionsRules s_rules = new();

    [Theory]
    [InlineData("https://wallet.example.org")]
    [InlineData("https://wallet.example.org/")]
    [InlineData("https://wallet.example.org:8443")]
    [InlineData("http://localhost:7103")]
    public void Takes_an_origin(string address) =>
        Assert.True(s_rules.Validate(null, new() { PublicBaseUrl = address, VerifierUrl = address }).Succeeded);

    [Theory]
    [InlineData("")]
    [InlineData("wallet.example.org")]
    [InlineData("http://wallet.example.org")]
    [InlineData("https://wallet.example.org/wallet")]
    [InlineData("https://wallet.example.org/?a=b")]
    [InlineData("https://user@wallet.example.org")]
    [InlineData("ftp://localhost")]
    public void Refuses_what_is_none_and_names_the_variable(string address) =>
        Assert.Contains("Wallet__PublicBaseUrl", Assert.Single(s_rules.Validate(null, new() { PublicBaseUrl = address }).Failures!), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://verify.example.org")]
    [InlineData("https://verify.example.org/v")]
    public void Refuses_a_verifier_that_is_none(string address) =>
        Assert.Contains("Wallet__VerifierUrl", Assert.Single(s_rules.Validate(null, new() { PublicBaseUrl = "https://wallet.example.org", VerifierUrl = address }).Failures!), StringComparison.Ordinal);

    [Fact]
    public void Help_names_every_setting() => Assert.All(typeof(WalletOptions).GetProperties().Where(property => property.CanWrite),
        property => Assert.Contains($"Wallet__{property.Name}", HelpText.Text, StringComparison.Ordinal));
}
