using System.Text.Json.Nodes;
using Credentials.Dids.Methods;
using Credentials.Encoding;
using Credentials.Keys;
using Credentials.Securing;
using Credentials.TestKit;

namespace Credentials.Cli.Tests;

/// <summary><c>sign</c>, <c>derive</c>, <c>verify</c> and <c>keys</c> over every form.</summary>
public sealed class SecuringTests(Terminal terminal) : IClassFixture<Terminal>
{
    private const string Challenge = "7f3a";
    private const string Domain = "verifier.example";

    public static TheoryData<string, string> CredentialForms => Forms(SecuredKinds.Credential);

    public static TheoryData<string, string> PresentationForms => Forms(SecuredKinds.Presentation);

    [Theory]
    [MemberData(nameof(CredentialForms))]
    public async Task Verifies_a_credential_that_it_signed_and_refuses_an_altered_one(string form, string type)
    {
        (string key, string did) = MakeKey(type);
        bool selective = form == "ecdsa-sd-2023";
        string signed = await SignAsync(form, key, terminal.Write("credential.json", Credential(did)), selective ? ["--mandatory", "/issuer"] : []);
        if (selective)
        {
            signed = await DeriveAsync(signed, "--reveal", "/credentialSubject/name");
        }

        Run run = await terminal.RunAsync("verify", signed);
        Assert.True(run.Code == ExitCode.Verified, run.Out + run.Error);
        Assert.Contains("VERIFIED", run.Out, StringComparison.Ordinal);

        Assert.NotEqual(ExitCode.Verified, (await terminal.RunAsync("verify", Altered(signed))).Code);
    }

    [Theory]
    [MemberData(nameof(PresentationForms))]
    public async Task Verifies_a_presentation_for_its_challenge_and_domain_alone(string form, string type)
    {
        (string key, string did) = MakeKey(type);
        string credential = await SignAsync("ecdsa-jcs-2019", MakeKey("P-256") is var issuer ? issuer.Path : "", terminal.Write("inner.json", Credential(issuer.Did)));
        string presentation = terminal.Write("presentation.json", new JsonObject
        {
            ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
            ["type"] = new JsonArray("VerifiablePresentation"),
            ["holder"] = did,
            ["verifiableCredential"] = new JsonArray(JsonNode.Parse(await File.ReadAllTextAsync(credential))),
        });
        string signed = await SignAsync(form, key, presentation, "--challenge", Challenge, "--domain", Domain);

        Run run = await terminal.RunAsync("verify", "--challenge", Challenge, "--domain", Domain, signed);
        Assert.True(run.Code == ExitCode.Verified, run.Out + run.Error);
        Assert.Contains("Credential 1 of 1", run.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Rejected, (await terminal.RunAsync("verify", "--challenge", "another", "--domain", Domain, signed)).Code);
        Assert.Equal(ExitCode.Rejected, (await terminal.RunAsync("verify", "--challenge", Challenge, "--domain", "thief.example", signed)).Code);
        Assert.Contains("\"verified\": true", (await terminal.RunAsync("verify", "--json", signed)).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discloses_of_an_SD_JWT_what_is_named_and_binds_it_to_a_verifier()
    {
        (string key, string did) = MakeKey("P-256");
        (string holder, string _) = MakeKey("Ed25519");
        string holderPublic = terminal.Write("holder.public.jwk", PublicHalf(holder));
        string signed = await SignAsync("vc+sd-jwt", key, terminal.Write("credential.json", Credential(did)), "--disclose", "/credentialSubject/name", "--disclose", "/credentialSubject/id", "--decoys", "2", "--holder-key", holderPublic);

        string copy = await DeriveAsync(signed, "--reveal", "/credentialSubject/name", "--key", holder, "--audience", Domain, "--nonce", Challenge);
        Run run = await terminal.RunAsync("verify", "--challenge", Challenge, "--domain", Domain, copy);
        Assert.True(run.Code == ExitCode.Verified, run.Out + run.Error);
        Assert.Equal(ExitCode.Rejected, (await terminal.RunAsync("verify", "--challenge", "another", "--domain", Domain, copy)).Code);
        Assert.Equal(2, (await File.ReadAllTextAsync(copy)).Count(letter => letter == '~'));
        Assert.Equal(ExitCode.Rejected, (await terminal.RunAsync("derive", "--reveal", "/nothing", signed)).Code);
    }

    [Fact]
    public async Task Keeps_of_a_selective_proof_what_is_mandatory_and_what_is_named()
    {
        (string key, string did) = MakeKey("P-256");
        string signed = await SignAsync("ecdsa-sd-2023", key, terminal.Write("credential.json", Credential(did)), "--mandatory", "/issuer", "--mandatory", "/validFrom");

        JsonObject copy = JsonNode.Parse(await File.ReadAllTextAsync(await DeriveAsync(signed, "--reveal", "/credentialSubject/id")))!.AsObject();

        Assert.Equal(did, (string?)copy["issuer"]);
        Assert.Equal("did:example:alice", (string?)copy["credentialSubject"]!["id"]);
        Assert.False(copy["credentialSubject"]!.AsObject().ContainsKey("name"));
    }

    [Fact]
    public async Task Writes_bytes_to_standard_output_but_not_to_a_terminal()
    {
        (string key, string did) = MakeKey("P-256");
        string credential = terminal.Write("credential.json", Credential(did));
        using MemoryStream output = new();

        Run toPipe = await terminal.RunAsync([], ["sign", "--as", "vc+cose", "--key", key, credential], binary: output);
        Run toTerminal = await terminal.RunAsync("sign", "--as", "vc+cose", "--key", key, credential);

        Assert.Equal((ExitCode.Verified, ""), (toPipe.Code, toPipe.Out));
        Assert.Equal(0xD2, output.ToArray()[0]);
        Assert.Equal(ExitCode.Misuse, toTerminal.Code);
        Assert.Contains("--out FILE", toTerminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signs_what_comes_on_standard_input_as_a_did_jwk()
    {
        (string key, string _) = MakeKey("P-256");
        using SigningKey secret = Read(key);
        Run run = await terminal.RunAsync(Utf8.Bytes(Credential(DidJwk.Of(secret.PublicKey)).ToJsonString()), ["sign", "--as", "vc+jwt", "--did", "jwk", "--key", key, "-"]);

        Assert.True(run.Code == ExitCode.Verified, run.Error);
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Verified, (await terminal.RunAsync(Utf8.Bytes(run.Out), ["verify", "-"])).Code);
    }

    [Fact]
    public async Task Says_that_the_key_is_not_the_issuers_and_signs_all_the_same()
    {
        (string key, string _) = MakeKey("P-256");
        Run run = await terminal.RunAsync("sign", "--as", "ecdsa-jcs-2019", "--key", key, terminal.Write("credential.json", Credential("did:web:university.example")));

        Assert.Equal(ExitCode.Verified, run.Code);
        Assert.Contains("note that the issuer is did:web:university.example", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("issuer")]
    [InlineData("@context")]
    [InlineData("credentialSubject")]
    public async Task Refuses_to_sign_what_lacks(string member)
    {
        (string key, string did) = MakeKey("P-256");
        JsonObject credential = Credential(did);
        credential.Remove(member);
        Run run = await terminal.RunAsync("sign", "--as", "ecdsa-rdfc-2019", "--key", key, terminal.Write("flawed.json", credential));

        Assert.Equal((ExitCode.Rejected, ""), (run.Code, run.Out));
        Assert.Contains($"at /{member}", run.Error, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Misuses { get; } = new()
    {
        { "sign --key KEY CREDENTIAL", "needs --as FORM" },
        { "sign --as vc+jwt CREDENTIAL", "needs --key FILE" },
        { "sign --as rot13 --key KEY CREDENTIAL", "There is no form rot13" },
        { "sign --as eddsa-jcs-2022 --key KEY CREDENTIAL", "does not sign with P256" },
        { "sign --as vp+jwt --key KEY CREDENTIAL", "secures no credential" },
        { "sign --as vc+jwt --key nowhere.jwk CREDENTIAL", "There is no key file nowhere.jwk" },
        { "sign --as vc+jwt --key CREDENTIAL CREDENTIAL", "are of no key" },
        { "sign --as vc+jwt --key PUBLIC CREDENTIAL", "d of a JWK" },
        { "sign --as vc+jwt --key SET CREDENTIAL", "is a set of keys" },
        { "sign --as vc+jwt --key MIXED CREDENTIAL", "not that of its private key" },
        { "sign --as vc+jwt --key TWICE CREDENTIAL", "is no JWK" },
        { "sign --as vc+jwt --key KEY nowhere.json", "is no file that exists" },
        { "sign --as vc+jwt --key KEY --mandatory /issuer CREDENTIAL", "--mandatory means nothing in vc+jwt" },
        { "sign --as ecdsa-jcs-2019 --key KEY --disclose /issuer CREDENTIAL", "--disclose means nothing in ecdsa-jcs-2019" },
        { "sign --as vc+jwt --key KEY --challenge x CREDENTIAL", "--challenge means nothing in vc+jwt" },
        { "sign --as vc+sd-jwt --key KEY --decoys many CREDENTIAL", "--decoys many" },
        { "sign --as vc+sd-jwt --key KEY --holder-key KEY CREDENTIAL", "must not hold a private key" },
        { "sign --as vc+jwt --key KEY --expires tomorrow CREDENTIAL", "--expires tomorrow is no time" },
        { "sign --as vc+jwt --key KEY --did web CREDENTIAL", "--did web is not known" },
        { "sign --as vc+jwt --key KEY --verification-method key-1 CREDENTIAL", "is no URL" },
        { "sign --as vc+jwt --key KEY --did key --verification-method did:example:1#2 CREDENTIAL", "not both" },
        { "sign --as vc+jwt --key KEY --key KEY CREDENTIAL", "--key was given twice" },
        { "sign --as vc+jwt --key KEY --out /nowhere/at/all CREDENTIAL", "cannot be written" },
        { "derive --key KEY CREDENTIAL", "takes all three" },
        { "keys", "\"keys\" takes" },
        { "keys new --type RSA", "--type RSA is not known" },
        { "keys new --out KEY", "is not overwritten" },
        { "keys show KEY --type P-256", "takes neither" },
        { "keys show", "\"keys\" takes new, or show FILE" },
    };

    [Theory]
    [MemberData(nameof(Misuses))]
    public async Task Says_what_was_typed_wrongly(string line, string sentence)
    {
        (string key, string did) = MakeKey("P-256");
        JsonObject jwk = JsonNode.Parse(await File.ReadAllTextAsync(key))!.AsObject();
        JsonObject mixed = JsonNode.Parse(await File.ReadAllTextAsync(MakeKey("P-256").Path))!.AsObject();
        mixed["d"] = (string?)jwk["d"];
        Dictionary<string, string> files = new(StringComparer.Ordinal)
        {
            ["KEY"] = key,
            ["CREDENTIAL"] = terminal.Write("credential.json", Credential(did)),
            ["PUBLIC"] = terminal.Write("public.jwk", PublicHalf(key)),
            ["SET"] = terminal.Write("set.jwk", new JsonObject { ["keys"] = new JsonArray(jwk.DeepClone()) }),
            ["MIXED"] = terminal.Write("mixed.jwk", mixed),
            ["TWICE"] = terminal.Write("twice.jwk", Utf8.Bytes("{\"kty\":\"EC\"," + jwk.ToJsonString()[1..])),
        };

        Run run = await terminal.RunAsync([.. line.Split(' ').Select(word => files.GetValueOrDefault(word, word))]);

        Assert.Equal((ExitCode.Misuse, ""), (run.Code, run.Out));
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_to_derive_from_what_discloses_all_or_nothing()
    {
        (string key, string did) = MakeKey("P-256");
        string signed = await SignAsync("ecdsa-jcs-2019", key, terminal.Write("credential.json", Credential(did)));
        Run run = await terminal.RunAsync("derive", "--reveal", "/issuer", signed);

        Assert.Equal(ExitCode.Rejected, run.Code);
        Assert.Contains("ecdsa-sd-2023", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P-256")]
    [InlineData("P-384")]
    [InlineData("Ed25519")]
    public async Task Makes_a_key_that_only_its_owner_reads_and_tells_its_dids(string type)
    {
        string path = Path.Combine(terminal.Folder, $"{Guid.NewGuid()}.jwk");
        Run made = await terminal.RunAsync("keys", "new", "--type", type, "--out", path);
        Run shown = await terminal.RunAsync("keys", "show", path);

        Assert.Equal((ExitCode.Verified, ExitCode.Verified), (made.Code, shown.Code));
        Assert.Contains(made.Out.Trim(), shown.Out, StringComparison.Ordinal);
        Assert.DoesNotContain((string)JsonNode.Parse(await File.ReadAllTextAsync(path))!["d"]!, made.Out + shown.Out, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Theory]
    [InlineData("sign")]
    [InlineData("derive")]
    [InlineData("keys")]
    public async Task Explains_itself_with_examples(string command)
    {
        Run run = await terminal.RunAsync(command, "--help");
        Assert.Equal(ExitCode.Verified, run.Code);
        Assert.Contains($"  credentials {command} ", run.Out, StringComparison.Ordinal);
    }

    private static JsonObject Credential(string issuer) => new()
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2"),
        ["id"] = "urn:uuid:0d3c9f1a-6c1e-4c77-8a59-0f0f0f0f0f0f",
        ["type"] = new JsonArray("VerifiableCredential"),
        ["issuer"] = issuer,
        ["validFrom"] = "2020-01-01T00:00:00Z",
        ["credentialSubject"] = new JsonObject { ["id"] = "did:example:alice", ["name"] = "Alice" },
    };

    private static TheoryData<string, string> Forms(SecuredKinds kind)
    {
        TheoryData<string, string> rows = [];
        // A base proof of ecdsa-sd-2023 is for holders to derive from; no verifier takes it, so nobody presents with it.
        foreach (SecuringForm form in SecuringForm.All.Where(form => form.Kinds.HasFlag(kind) && (kind == SecuredKinds.Credential || form.Name != "ecdsa-sd-2023")))
        {
            foreach (KeyType type in form.KeyTypes.Order())
            {
                rows.Add(form.Name, type switch { KeyType.P256 => "P-256", KeyType.P384 => "P-384", _ => "Ed25519" });
            }
        }

        return rows;
    }

    private (string Path, string Did) MakeKey(string type)
    {
        string path = Path.Combine(terminal.Folder, $"{Guid.NewGuid()}.jwk");
        Run run = terminal.RunAsync("keys", "new", "--type", type, "--out", path).GetAwaiter().GetResult();
        Assert.True(run.Code == ExitCode.Verified, run.Error);
        return (path, run.Out.Trim());
    }

    private async Task<string> SignAsync(string form, string key, string document, params string[] more)
    {
        string path = Path.Combine(terminal.Folder, $"{Guid.NewGuid()}.signed");
        Run run = await terminal.RunAsync(["sign", "--as", form, "--key", key, "--out", path, .. more, document]);
        Assert.True(run.Code == ExitCode.Verified, run.Error);
        Assert.Equal("", run.Error);
        return path;
    }

    private async Task<string> DeriveAsync(string document, params string[] more)
    {
        string path = Path.Combine(terminal.Folder, $"{Guid.NewGuid()}.derived");
        Run run = await terminal.RunAsync(["derive", "--out", path, .. more, document]);
        Assert.True(run.Code == ExitCode.Verified, run.Error);
        return path;
    }

    /// <summary>One letter of the name is another one; in an envelope, one of its text or bytes in the middle.</summary>
    private string Altered(string signed)
    {
        byte[] bytes = File.ReadAllBytes(signed);
        int at = bytes.AsSpan().IndexOf("Alice"u8);
        if (at < 0)
        {
            at = bytes.Length / 2;
            bytes[at] = bytes[at] == (byte)'A' ? (byte)'B' : (byte)'A';
        }
        else
        {
            bytes[at] = (byte)'B';
        }

        return terminal.Write("altered", bytes);
    }

    private static JsonObject PublicHalf(string path)
    {
        JsonObject jwk = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        jwk.Remove("d");
        return jwk;
    }

    private static SigningKey Read(string path)
    {
        using var json = StrictJson.Parse(File.ReadAllBytes(path)).Require();
        return JsonWebKey.ReadPrivate(json.RootElement).Require();
    }
}
