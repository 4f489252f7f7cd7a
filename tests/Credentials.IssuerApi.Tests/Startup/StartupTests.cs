using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.Batches;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Evidence;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Storage.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Credentials.IssuerApi.Tests.Startup;

/// <summary>It starts and stops cleanly, or says in a sentence why it does not start. Never a stack trace.</summary>
public sealed class StartupTests : IDisposable
{
    private const int Refused = 78;
    private readonly TemporaryFolder _folder = new();

    private Dictionary<string, string> Settings => IssuerChild.Settings(_folder.Path);

    [Fact]
    public async Task Starts_without_a_chain_keeps_others_out_and_stops_when_told_to()
    {
        using IssuerChild first = IssuerChild.Start(Settings);
        await first.ListeningAsync();
        await AssertRefusedAsync(Settings, "Another issuer process is using the data folder");
        Assert.Equal(0, await first.StopAsync());
        Assert.DoesNotContain("plain text", first.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("unencrypted", first.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Lists_every_setting_that_is_wrong_with_what_to_do()
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal) { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["Issuer__PublicBaseUrl"] = "issuer.example.edu" };
        string output = await AssertRefusedAsync(settings, "Issuer:PublicBaseUrl must be");
        Assert.Contains("Issuer:DataFolder is not set.", output, StringComparison.Ordinal);
        Assert.Contains("Issuer:AdministratorKey is not set.", output, StringComparison.Ordinal);
        Assert.Contains("private keys are never kept in plain text", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Issuer__AdministratorKey", "short", "Issuer:AdministratorKey is shorter than 32 characters")]
    [InlineData("Issuer__VerifierBaseUrl", "ftp://verify.example", "Issuer:VerifierBaseUrl must be")]
    [InlineData("Issuer__KeyRing__Passphrase", "short", "passphrase is shorter than 12 characters")]
    [InlineData("Issuer__KeyRing__PassphraseFile", "/nowhere/passphrase", "Set only one of")]
    [InlineData("Chain__ChainId", "mainnet", "Chain:ChainId must be")]
    [InlineData("Chain__GenesisHash", "0x12", "Chain:GenesisHash must be")]
    [InlineData("Chain__Contract", "0x0000000000000000000000000000000000000000", "Chain:Contract must be")]
    [InlineData("Chain__RpcUrl", "", "Chain:RpcUrl must be")]
    [InlineData("Batches__ChunkSize", "0", "Batches:ChunkSize must be")]
    [InlineData("RateLimits__KeyBurst", "-1", "RateLimits:KeyBurst must be")]
    public async Task Refuses_a_wrong_setting(string key, string value, string sentence)
    {
        Dictionary<string, string> settings = Settings;
        settings[key] = value;
        await AssertRefusedAsync(settings, sentence);
    }

    [Fact]
    public async Task Refuses_a_passphrase_file_that_is_not_there()
    {
        Dictionary<string, string> settings = Settings;
        settings.Remove("Issuer__KeyRing__Passphrase");
        settings["Issuer__KeyRing__PassphraseFile"] = Path.Combine(_folder.Path, "nowhere");
        await AssertRefusedAsync(settings, "cannot be read");
    }

    [Fact]
    public async Task Opens_with_the_passphrase_in_a_file_what_was_closed_with_it_in_a_variable()
    {
        await StartAndStopAsync(Settings);
        string file = Path.Combine(_folder.Path, "passphrase");
        await File.WriteAllTextAsync(file, IssuerApplication.Passphrase + "\n");
        Dictionary<string, string> settings = Settings;
        settings.Remove("Issuer__KeyRing__Passphrase");
        settings["Issuer__KeyRing__PassphraseFile"] = file;
        await StartAndStopAsync(settings);
    }

    [Fact]
    public async Task Refuses_a_wrong_passphrase_and_begins_no_new_ring()
    {
        await StartAndStopAsync(Settings);
        Dictionary<string, string> settings = Settings;
        settings["Issuer__KeyRing__Passphrase"] = "another passphrase";
        await AssertRefusedAsync(settings, "does not open the key ring");
        Assert.Single(RingFiles());
        await StartAndStopAsync(Settings);
    }

    [Fact]
    public async Task Refuses_a_ring_in_plain_text()
    {
        await StartAndStopAsync(Settings);
        string file = RingFiles().Single();
        string text = await File.ReadAllTextAsync(file);
        int from = text.IndexOf("<encryptedSecret", StringComparison.Ordinal);
        int to = text.IndexOf("</encryptedSecret>", StringComparison.Ordinal) + "</encryptedSecret>".Length;
        await File.WriteAllTextAsync(file, text[..from] + "<masterKey><value>AAAA</value></masterKey>" + text[to..]);
        await AssertRefusedAsync(Settings, "is not wrapped by a passphrase or certificate");
    }

    [Fact]
    public async Task Works_with_a_certificate_and_refuses_the_ring_of_another_wrapping()
    {
        Dictionary<string, string> withCertificate = WithCertificate("right.pfx");
        await StartAndStopAsync(withCertificate);
        await StartAndStopAsync(withCertificate);
        Assert.Single(RingFiles());
        await AssertRefusedAsync(Settings, "does not open the key ring");
        await AssertRefusedAsync(WithCertificate("other.pfx"), "does not open the key ring");
        Dictionary<string, string> wrongPassword = withCertificate;
        wrongPassword["Issuer__KeyRing__CertificatePassword"] = "wrong";
        await AssertRefusedAsync(wrongPassword, "cannot be opened");
    }

    [Fact]
    public async Task Refuses_a_database_whose_ring_was_lost()
    {
        await using (var issuer = new IssuerApplication(_folder.Path, new() { MinesAtOnce = true }))
        {
            await issuer.InitializeAsync();
            await issuer.CreateUniversityAsync("lost");
        }

        foreach (string file in RingFiles())
        {
            File.Delete(file);
        }

        await AssertRefusedAsync(Settings, "does not open the private key of the institution 'lost'");
        Assert.Empty(RingFiles());
    }

    [Fact]
    public async Task Refuses_a_database_of_a_newer_program()
    {
        using (SqliteDatabase.Open(_folder.Path))
        {
        }

        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, SqliteDatabase.FileName)};Pooling=False"))
        {
            connection.Open();
            connection.Execute("INSERT INTO schema_migrations VALUES (999, '999_future')");
        }

        await AssertRefusedAsync(Settings, "was written by a newer program");
    }

    [Fact]
    public async Task Prints_its_configuration_keys()
    {
        (int exitCode, string output) = await IssuerChild.RunAsync(new Dictionary<string, string>(StringComparer.Ordinal), "--help");
        Assert.Equal(0, exitCode);
        (string Section, Type Options)[] sections =
        [
            (IssuerOptions.Section, typeof(IssuerOptions)),
            (IssuerOptions.Section + ":KeyRing", typeof(KeyRingOptions)),
            (ChainOptions.Section, typeof(ChainOptions)),
            (AnchoringOptions.Section, typeof(AnchoringOptions)),
            (BatchOptions.Section, typeof(BatchOptions)),
            (RateLimitOptions.Section, typeof(RateLimitOptions)),
            (StorageOptions.Section, typeof(StorageOptions)),
            (EvidenceOptions.Section, typeof(EvidenceOptions)),
        ];
        foreach ((string section, Type options) in sections)
        {
            Assert.All(options.GetProperties(), setting => Assert.Contains($"{section}:{setting.Name}", output, StringComparison.Ordinal));
        }
    }

    public void Dispose() => _folder.Dispose();

    private string[] RingFiles() => Directory.GetFiles(Path.Combine(_folder.Path, "keyring"), "key-*.xml");

    private Dictionary<string, string> WithCertificate(string name)
    {
        string file = Path.Combine(_folder.Path, name);
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=key ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12, "password"));
        Dictionary<string, string> settings = Settings;
        settings.Remove("Issuer__KeyRing__Passphrase");
        settings["Issuer__KeyRing__CertificateFile"] = file;
        settings["Issuer__KeyRing__CertificatePassword"] = "password";
        return settings;
    }

    private static async Task StartAndStopAsync(IReadOnlyDictionary<string, string> settings)
    {
        using IssuerChild child = IssuerChild.Start(settings);
        await child.ListeningAsync();
        Assert.Equal(0, await child.StopAsync());
    }

    private static async Task<string> AssertRefusedAsync(IReadOnlyDictionary<string, string> settings, string sentence)
    {
        (int exitCode, string output) = await IssuerChild.RunAsync(settings);
        Assert.True(exitCode == Refused, $"{exitCode}: {output}");
        Assert.Contains(sentence, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        return output;
    }
}
