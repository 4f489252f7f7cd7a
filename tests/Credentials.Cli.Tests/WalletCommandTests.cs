using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Cli.Wallet;
using Credentials.Keys;

namespace Credentials.Cli.Tests;

/// <summary><c>credentials wallet</c>: what it keeps and how, and what it refuses before anybody hears of it. With real hosts: the end-to-end tests.</summary>
public sealed class WalletCommandTests(Terminal terminal) : IClassFixture<Terminal>
{
    private static readonly string[] s_nowhere = ["openid-credential-offer://?credential_offer_uri=http%3A%2F%2F127.0.0.1%3A1%2Foffer"];

    [Theory]
    [InlineData("wallet")]
    [InlineData("wallet", "show")]
    [InlineData("wallet", "accept")]
    [InlineData("wallet", "list", "--yes")]
    [InlineData("wallet", "present", "openid4vp://?x", "--tx-code", "1")]
    [InlineData("wallet", "accept", "x", "--credential", "1")]
    [InlineData("wallet", "accept", "x", "--key", "rsa")]
    [InlineData("wallet", "accept", "x", "--batch", "0")]
    [InlineData("wallet", "accept", "x", "--batch", "1000")]
    [InlineData("wallet", "accept", "x", "--passphrase-file", "/nowhere/at/all")]
    [InlineData("wallet", "present", "x", "--yes", "--decline")]
    public async Task Says_what_is_typed_wrongly(params string[] words) => Assert.Equal(ExitCode.Misuse, (await terminal.RunAsync(words)).Code);

    [Fact]
    public async Task Lists_nothing_in_an_empty_wallet()
    {
        Run run = await terminal.RunAsync("wallet", "list", "--wallet", Path.Combine(terminal.Folder, "none"));
        Assert.Equal(ExitCode.Verified, run.Code);
        Assert.Contains("no credential", run.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(terminal.Folder, "none")));
    }

    [Fact]
    public async Task Says_that_nobody_answered()
    {
        string trust = terminal.Write("open.json", new JsonObject { ["allowPrivateAddresses"] = true });
        Run run = await terminal.RunAsync(["wallet", "accept", .. s_nowhere, "--wallet", Path.Combine(terminal.Folder, "w"), "--json", "--trust", trust]);
        Assert.Equal(ExitCode.CannotTell, run.Code);
        Assert.Equal("NO_ANSWER", JsonDocument.Parse(run.Out).RootElement.GetProperty("problem").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("accept", "no link", "invalid_credential_offer")]
    [InlineData("present", "openid4vp://?client_id=x", "invalid_request")]
    public async Task Refuses_what_is_no_offer_and_no_request(string action, string link, string code)
    {
        Run run = await terminal.RunAsync("wallet", action, link, "--wallet", Path.Combine(terminal.Folder, "w"), "--json");
        Assert.Equal(ExitCode.Rejected, run.Code);
        Assert.Equal(code, JsonDocument.Parse(run.Out).RootElement.GetProperty("problem").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("of the learner")]
    public void Keeps_a_key(string? passphrase)
    {
        using var key = SigningKey.Generate(KeyType.P256);
        JsonElement kept = JsonSerializer.SerializeToElement(SealedKey.Write(key, passphrase));
        Assert.Equal(passphrase is null, kept.TryGetProperty("d", out _));
        using SigningKey read = SealedKey.Read(kept, passphrase);
        Assert.Equal(key.PublicKey, read.PublicKey);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("of somebody else")]
    [InlineData("")]
    public void Gives_a_sealed_key_to_nobody_without_its_passphrase(string? passphrase)
    {
        using var key = SigningKey.Generate(KeyType.Ed25519);
        JsonElement kept = JsonSerializer.SerializeToElement(SealedKey.Write(key, "of the learner"));
        Assert.Throws<MisuseException>(() => SealedKey.Read(kept, passphrase));
    }

    [Theory]
    [InlineData("""{"sealed":{}}""")]
    [InlineData("""{"sealed":"x"}""")]
    [InlineData("""{"sealed":{"iterations":999999999,"salt":"AA","nonce":"AAAAAAAAAAAAAAAA","text":"AAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}""")]
    [InlineData("""{"sealed":{"iterations":1,"salt":"AA","nonce":"AAAAAAAAAAAAAAAA","text":"AAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}""")]
    [InlineData("""{"kty":"EC"}""")]
    public void Refuses_a_key_that_it_did_not_write(string json) =>
        Assert.Throws<MisuseException>(() => SealedKey.Read(JsonDocument.Parse(json).RootElement, "of the learner"));

    [Fact]
    public async Task Passes_over_and_names_a_strange_file_and_keeps_files_to_their_owner()
    {
        WalletFolder folder = WalletFolder.Find(Path.Combine(terminal.Folder, "own"), null!);
        using var key = SigningKey.Generate(KeyType.P256);
        await folder.SaveAsync(new("abc", "ldp_vc", """{"type":"VerifiableCredential"}""")
        {
            Issuer = "https://issuer.example",
            Configuration = "diploma-ldp-vc",
            Binding = "did:key",
            Key = JsonSerializer.SerializeToElement(SealedKey.Write(key, null)),
            Received = DateTimeOffset.UnixEpoch,
        }, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "strange.json"), "[]");
        Run run = await terminal.RunAsync("wallet", "list", "--wallet", folder.Path, "--json");
        Assert.Equal(ExitCode.Verified, run.Code);
        Assert.Contains("strange.json", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\"d\"", run.Out, StringComparison.Ordinal);
        Assert.Equal("abc", Assert.Single(JsonDocument.Parse(run.Out).RootElement.GetProperty("credentials").EnumerateArray()).GetProperty("id").GetString());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Path, "abc.json")));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
        }
    }
}
