using Credentials.DataModel;

namespace Credentials.Tests.DataModel;

public sealed class CredentialLinkTests
{
    private static readonly CredentialLink s_link = new(new Uri("https://issuer.example/c/5Zk3x"));

    [Fact]
    public void Writes_a_link_that_any_verifier_reads_back()
    {
        Uri printed = s_link.At(new Uri("https://verify.example/desk/"));

        Assert.Equal($"https://verify.example/desk/v?c={s_link.Locator}", printed.AbsoluteUri);
        Assert.True(CredentialLink.TryParse(printed.AbsoluteUri, out CredentialLink? read));
        Assert.Equal(s_link, read);
    }

    [Theory]
    [InlineData("https://phishing.example/v?lang=ar&c=aHR0cHM6Ly9pc3N1ZXIuZXhhbXBsZS9jLzVaazN4")]
    [InlineData("aHR0cHM6Ly9pc3N1ZXIuZXhhbXBsZS9jLzVaazN4")]
    [InlineData("  https://issuer.example/c/5Zk3x \n")]
    public void Ignores_whose_page_the_link_names(string text)
    {
        Assert.True(CredentialLink.TryParse(text, out CredentialLink? read));
        Assert.Equal(s_link, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("hello world")]
    [InlineData("/etc/passwd")]
    [InlineData("ftp://issuer.example/c/5Zk3x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://user:secret@issuer.example/c/5Zk3x")]
    [InlineData("https://verify.example/v?c=")]
    [InlineData("https://verify.example/v?c=!!!")]
    [InlineData("https://verify.example/v?c=_w")] // 0xFF: no UTF-8
    [InlineData("https://verify.example/v?c=ZmlsZTovLy9ldGMvcGFzc3dk")] // file:///etc/passwd
    public void Refuses_what_leads_to_no_credential(string? text) =>
        Assert.False(CredentialLink.TryParse(text, out _));

    [Fact]
    public void Refuses_a_text_longer_than_a_code_could_hold() =>
        Assert.False(CredentialLink.TryParse("https://issuer.example/" + new string('a', CredentialLink.MaximumLength), out _));
}
