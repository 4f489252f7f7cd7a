using System.Buffers.Text;
using System.Security.Cryptography;
using Credentials.Encoding;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Tests.Storage;
using Credentials.Keys;
using Credentials.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Credentials.IssuerApi.Tests.Keys;

public sealed class KeysAtRestTests
{
    [Fact]
    public async Task No_secret_lies_in_the_data_folder_in_any_spelling()
    {
        using var folder = new TemporaryFolder();
        List<byte[]> secrets = [Utf8.Bytes(IssuerApplication.AdministratorKey), Utf8.Bytes(IssuerApplication.Passphrase)];
        await using (var issuer = new IssuerApplication(folder.Path, new() { MinesAtOnce = true }))
        {
            await issuer.InitializeAsync();
            University university = await issuer.CreateUniversityAsync();
            await university.Registrar.IssueAsync();
            secrets.Add(Utf8.Bytes(university.RegistrarKey.Split('_', 3)[2]));
            InstitutionKeys keys = issuer.Services.GetRequiredService<InstitutionKeys>();
            foreach (KeyType type in InstitutionKeys.TypesOfNewInstitutions)
            {
                secrets.Add(((SigningKey)(await keys.FindAsync(university.Slug, type, CancellationToken.None))!.Signer).ExportSecret());
            }

            secrets.Add(((Credentials.Ethereum.ChainAccount)await issuer.Services.GetRequiredService<ChainAccounts>().OpenAsync(CancellationToken.None)).ExportPrivateKey());
        }

        Assert.Equal(6, secrets.Count);
        string[] files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);
        Assert.Equal(TestStorage.Chosen == Engine.Sqlite, files.Any(file => Path.GetFileName(file) == "issuer.db"));
        Assert.Contains(files, file => Path.GetFileName(file).StartsWith("key-", StringComparison.Ordinal));
        foreach (string file in files)
        {
            byte[] content = await File.ReadAllBytesAsync(file);
            foreach (byte[] spelling in secrets.SelectMany(Spellings))
            {
                Assert.True(content.AsSpan().IndexOf(spelling) < 0, $"A secret lies in {Path.GetFileName(file)}.");
            }
        }
    }

    [Fact]
    public async Task The_folder_is_closed_to_other_users()
    {
        using var folder = new TemporaryFolder();
        string data = Path.Combine(folder.Path, "data");
        await using var issuer = new IssuerApplication(data, new() { MinesAtOnce = true });
        await issuer.InitializeAsync();
        (await issuer.ClientOf(null).GetAsync("/health/live")).EnsureSuccessStatusCode();
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(data) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Fact]
    public void A_secret_opens_only_for_the_institution_and_key_that_it_is_of()
    {
        var protector = new SecretProtector(new Microsoft.AspNetCore.DataProtection.EphemeralDataProtectionProvider());
        byte[] secret = RandomNumberGenerator.GetBytes(32);
        byte[] closed = protector.Protect(SecretProtector.SigningKeyOf("a", "key"), [.. secret]);
        Assert.Equal(secret, protector.Unprotect(SecretProtector.SigningKeyOf("a", "key"), closed));
        Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(SecretProtector.SigningKeyOf("b", "key"), closed));
        Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(SecretProtector.SigningKeyOf("a", "other"), closed));
        Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect(SecretProtector.ChainAccountOf("a"), closed));
    }

    private static IEnumerable<byte[]> Spellings(byte[] secret) =>
    [
        secret,
        Utf8.Bytes(Convert.ToHexStringLower(secret)),
        Utf8.Bytes(Convert.ToHexString(secret)),
        Utf8.Bytes(Convert.ToBase64String(secret).TrimEnd('=')),
        Utf8.Bytes(Base64Url.EncodeToString(secret)),
        Utf8.Bytes(Multibase.EncodeBase58Btc(secret)[1..]),
    ];
}
