using System.Security.Cryptography;
using System.Xml.Linq;
using Credentials.IssuerApi.Keys;

namespace Credentials.IssuerApi.Tests.Keys;

public sealed class PassphraseWrapTests
{
    private static readonly XElement s_secret = XElement.Parse("<key><value>c2VjcmV0</value></key>");

    [Fact]
    public void Opens_what_it_closed_also_in_another_process()
    {
        XElement wrapped = new PassphraseWrap("correct horse battery").Wrap(s_secret);
        Assert.DoesNotContain("c2VjcmV0", wrapped.ToString(), StringComparison.Ordinal);
        Assert.True(XNode.DeepEquals(s_secret, new PassphraseWrap("correct horse battery").Unwrap(wrapped)));
    }

    [Fact]
    public void Does_not_open_with_another_passphrase()
    {
        XElement wrapped = new PassphraseWrap("correct horse battery").Wrap(s_secret);
        Assert.ThrowsAny<CryptographicException>(() => new PassphraseWrap("correct horse batterx").Unwrap(wrapped));
    }

    [Fact]
    public void Derives_one_key_for_a_ring_of_many()
    {
        var wrap = new PassphraseWrap("correct horse battery");
        XElement[] wrapped = [.. Enumerable.Range(0, 20).Select(_ => wrap.Wrap(s_secret))];
        Assert.Single(wrapped.Select(each => (string)each.Attribute("salt")!).Distinct());
        Assert.Equal(20, wrapped.Select(each => each.Value).Distinct().Count());

        var next = new PassphraseWrap("correct horse battery");
        next.Unwrap(wrapped[0]);
        Assert.Equal((string)wrapped[0].Attribute("salt")!, (string)next.Wrap(s_secret).Attribute("salt")!);
    }

    [Theory]
    [InlineData("iterations", "1000")]
    [InlineData("iterations", "600001")]
    [InlineData("iterations", "2000000000")]
    [InlineData("iterations", "many")]
    [InlineData("salt", "AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("salt", "not base64")]
    public void Does_not_open_what_was_altered_in_its_parameters(string attribute, string value)
    {
        XElement wrapped = new PassphraseWrap("correct horse battery").Wrap(s_secret);
        wrapped.SetAttributeValue(attribute, value);
        Assert.ThrowsAny<CryptographicException>(() => new PassphraseWrap("correct horse battery").Unwrap(wrapped));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(-1)]
    public void Does_not_open_what_was_altered_in_its_bytes(int at)
    {
        XElement wrapped = new PassphraseWrap("correct horse battery").Wrap(s_secret);
        byte[] bytes = Convert.FromBase64String(wrapped.Value);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        wrapped.Value = Convert.ToBase64String(bytes);
        Assert.ThrowsAny<CryptographicException>(() => new PassphraseWrap("correct horse battery").Unwrap(wrapped));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("%%%")]
    public void Does_not_open_what_is_cut_short(string value)
    {
        XElement wrapped = new PassphraseWrap("correct horse battery").Wrap(s_secret);
        wrapped.Value = value;
        Assert.ThrowsAny<CryptographicException>(() => new PassphraseWrap("correct horse battery").Unwrap(wrapped));
    }
}
