using System.Text.Json.Nodes;
using Credentials.Securing;

namespace Credentials.Cli.Tests;

/// <summary><c>verify --key</c>: form and signature under one key, whoever the issuer says it is.</summary>
public sealed class VerifyUnderKeyTests(Terminal terminal) : IClassFixture<Terminal>
{
    private const string Foreign = "https://university.example/issuers/1";

    public static TheoryData<string> Forms =>
        [.. SecuringForm.All.Where(form => form.Kinds.HasFlag(SecuredKinds.Credential) && form.Name != "ecdsa-sd-2023").Select(form => form.Name)];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Takes_the_signature_of_that_key_and_no_other(string form)
    {
        string type = SecuringForm.Find(form)!.KeyTypes.Min() switch { Keys.KeyType.P256 => "P-256", Keys.KeyType.P384 => "P-384", _ => "Ed25519" };
        (string key, string other) = (await MakeKeyAsync(type), await MakeKeyAsync(type));
        string signed = await SignAsync(form, key);

        Run run = await terminal.RunAsync("verify", "--key", key, signed);
        Assert.True(run.Code == ExitCode.Verified, run.Out + run.Error);
        Assert.Contains("signature under the key that was given", run.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Verified, (await terminal.RunAsync("verify", "--key", PublicMethod(key), signed)).Code);
        Assert.Equal(ExitCode.Rejected, (await terminal.RunAsync("verify", "--key", other, signed)).Code);

        // Without the key nobody can tell: the issuer is no DID.
        Assert.Equal(ExitCode.CannotTell, (await terminal.RunAsync("verify", signed)).Code);
    }

    [Fact]
    public async Task Cannot_tell_by_a_key_of_another_type_or_without_a_signature()
    {
        string key = await MakeKeyAsync("P-256");
        string signed = await SignAsync("vc+jwt", key);

        Assert.NotEqual(ExitCode.Verified, (await terminal.RunAsync("verify", "--key", await MakeKeyAsync("Ed25519"), signed)).Code);
        Assert.Equal(ExitCode.CannotTell, (await terminal.RunAsync("verify", "--key", key, terminal.Write("bare.json", Credential()))).Code);
        Assert.Equal(ExitCode.CannotTell, (await terminal.RunAsync("verify", "--key", key, terminal.Write("garbage.txt", "eyJ.x.y"u8.ToArray()))).Code);
    }

    [Fact]
    public async Task Says_what_was_not_looked_at()
    {
        string key = await MakeKeyAsync("P-256");
        var answer = JsonNode.Parse((await terminal.RunAsync("verify", "--json", "--key", key, await SignAsync("ecdsa-jcs-2019", key))).Out)!;

        Assert.True((bool)answer["verified"]!);
        Assert.Equal(["format", "proof"], answer["checks"]!.AsArray().Where(check => (string?)check!["outcome"] == "passed").Select(check => (string?)check!["check"]));
    }

    [Fact]
    public async Task Refuses_what_is_no_key()
    {
        string signed = await SignAsync("vc+jwt", await MakeKeyAsync("P-256"));

        Assert.Equal(ExitCode.Misuse, (await terminal.RunAsync("verify", "--key", signed, signed)).Code);
        Assert.Equal(ExitCode.Misuse, (await terminal.RunAsync("verify", "--key", Path.Combine(terminal.Folder, "absent.jwk"), signed)).Code);
    }

    private async Task<string> MakeKeyAsync(string type)
    {
        string path = Path.Combine(terminal.Folder, $"{Guid.NewGuid()}.jwk");
        Assert.Equal(ExitCode.Verified, (await terminal.RunAsync("keys", "new", "--type", type, "--out", path)).Code);
        return path;
    }

    private async Task<string> SignAsync(string form, string key)
    {
        string path = Path.Combine(terminal.Folder, $"{Guid.NewGuid()}.signed");
        Run run = await terminal.RunAsync("sign", "--as", form, "--key", key, "--verification-method", Foreign + "#key-1", "--out", path, terminal.Write($"{Guid.NewGuid()}.json", Credential()));
        Assert.True(run.Code == ExitCode.Verified, run.Error);
        return path;
    }

    private string PublicMethod(string key)
    {
        JsonObject jwk = JsonNode.Parse(File.ReadAllText(key))!.AsObject();
        jwk.Remove("d");
        return terminal.Write($"{Guid.NewGuid()}.json", new JsonObject { ["id"] = Foreign + "#key-1", ["type"] = "JsonWebKey", ["controller"] = Foreign, ["publicKeyJwk"] = jwk });
    }

    private static JsonObject Credential() => new()
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
        ["type"] = new JsonArray("VerifiableCredential"),
        ["issuer"] = Foreign,
        ["credentialSubject"] = new JsonObject { ["id"] = "did:example:alice", ["name"] = "Alice" },
    };
}
