using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Credentials.Verification.Fetching;

namespace Credentials.Verification.Tests.Fetching;

/// <summary>Which addresses are connected to. Hosts are placed at addresses of our choice; the wire always leads to the server of the test.</summary>
public sealed class AddressTests
{
    private static readonly BoundedFetcherOptions Public = new() { Timeout = TimeSpan.FromSeconds(5) };

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:93.184.215.14")]
    [InlineData("::ffff:32.0.0.1")]
    [InlineData("::ffff:63.1.2.3")]
    [InlineData("::10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:a00:1::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("3fff::1")]
    [InlineData("100::1")]
    public async Task Never_connects_to(string address)
    {
        Assert.Equal(
            $"the address {IPAddress.Parse(address)} is not a public one, and was refused",
            (await FetchAsync("https://university.example/", Public, address)).Answer.Fault);
    }

    [Theory]
    [InlineData("93.184.215.14")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:2800:21f:cb07::1")]
    public async Task Connects_over_https_to(string address)
    {
        Assert.Null((await FetchAsync("https://university.example/", Public, address)).Answer.Fault);
    }

    [Fact]
    public async Task Passes_over_a_private_address_to_a_public_one()
    {
        (FetchedDocument answer, List<IPEndPoint> connected) = await FetchAsync("https://university.example/", Public, "10.0.0.1", "93.184.215.14");

        Assert.True(answer.Ok);
        Assert.Equal("93.184.215.14", Assert.Single(connected).Address.ToString());
    }

    [Fact]
    public async Task Refuses_a_redirect_from_a_public_host_to_a_private_address()
    {
        (FetchedDocument answer, List<IPEndPoint> connected) = await FetchAsync("https://university.example/away", Public, "93.184.215.14");

        Assert.Equal("the address 169.254.169.254 is not a public one, and was refused", answer.Fault);
        Assert.Single(connected);
    }

    [Fact]
    public async Task Refuses_a_redirect_from_https_to_plain_http()
    {
        Assert.Equal("an address of the scheme http was refused", (await FetchAsync("https://university.example/plain", Public, "93.184.215.14")).Answer.Fault);
    }

    [Fact]
    public async Task Refuses_plain_http_to_a_public_address_even_where_private_ones_are_allowed()
    {
        Assert.Equal("plain http to a public address was refused", (await FetchAsync("http://university.example/", Public with { AllowPrivateAddresses = true }, "93.184.215.14")).Answer.Fault);
    }

    [Theory]
    [InlineData("https://\u00ad/")]
    [InlineData("https://a\u0378b.example/")]
    [InlineData("https://xn--\u00fc.example/")]
    [InlineData("https://-\u00fc-.example/")]
    public async Task Refuses_a_host_that_no_name_server_knows_how_to_spell(string url)
    {
        Assert.Equal("the host's name cannot be looked up", (await FetchAsync(url, Public, "93.184.215.14")).Answer.Fault);
    }

    [Fact]
    public async Task Refuses_plain_http_unless_private_addresses_are_allowed()
    {
        Assert.Equal("an address of the scheme http was refused", (await FetchAsync("http://university.example/", Public, "127.0.0.1")).Answer.Fault);
    }

    [Theory]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:224.0.0.1")]
    public async Task Never_connects_to_what_is_no_host_even_where_private_addresses_are_allowed(string address)
    {
        Assert.EndsWith("is not a public one, and was refused", (await FetchAsync("https://university.example/", Public with { AllowPrivateAddresses = true }, address)).Answer.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_certificate_that_it_does_not_trust()
    {
        (FetchedDocument answer, _) = await FetchAsync("https://university.example/", Public, new SslClientAuthenticationOptions(), "93.184.215.14");

        Assert.StartsWith("no secure connection", answer.Fault, StringComparison.Ordinal);
    }

    private static Task<(FetchedDocument Answer, List<IPEndPoint> Connected)> FetchAsync(string url, BoundedFetcherOptions options, params string[] addresses) =>
        FetchAsync(url, options, new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=university.example" }, addresses);

    private static async Task<(FetchedDocument Answer, List<IPEndPoint> Connected)> FetchAsync(string url, BoundedFetcherOptions options, SslClientAuthenticationOptions tls, params string[] addresses)
    {
        using X509Certificate2 certificate = SelfSigned();
        await using var server = new FaultServer(certificate);
        server.Routes["/"] = Answers.Json("{}");
        server.Routes["/away"] = Answers.Redirect("https://169.254.169.254/latest/meta-data");
        server.Routes["/plain"] = Answers.Redirect("http://university.example/");
        var connected = new List<IPEndPoint>();
        var network = new Network(
            (host, _) => Task.FromResult(IPAddress.TryParse(host, out IPAddress? literal) ? [literal] : addresses.Select(IPAddress.Parse).ToArray()),
            (endPoint, ct) =>
            {
                connected.Add(endPoint);
                return Network.ConnectSocketAsync(new IPEndPoint(IPAddress.Loopback, server.Port), ct);
            });
        using var fetcher = new BoundedFetcher(options, network, tls);
        return (await fetcher.FetchAsync(new Uri(url), "application/json", CancellationToken.None), connected);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=university.example", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
