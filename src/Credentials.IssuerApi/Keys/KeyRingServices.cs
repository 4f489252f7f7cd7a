using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Credentials.IssuerApi.Keys;

internal static class KeyRingServices
{
    /// <summary>ASP.NET Data Protection in <c>{DataFolder}/keyring</c>, wrapped as <see cref="KeyRingOptions"/> says; there is no fallback.</summary>
    public static IServiceCollection AddKeyRing(this IServiceCollection services, IConfiguration configuration)
    {
        IDataProtectionBuilder ring = services.AddDataProtection().SetApplicationName("Credentials");
        services.AddOptions<KeyManagementOptions>().Configure<IssuerOptions, ILoggerFactory>((keys, issuer, logs) =>
            keys.XmlRepository = new FileSystemXmlRepository(PrivateFolder.Create(KeyRing.FolderIn(issuer.DataFolder)), logs));

        // The certificate has to be known here already: Data Protection offers no later place to hand it in.
        KeyRingOptions wrapping = configuration.GetSection("Issuer:KeyRing").Get<KeyRingOptions>() ?? new();
        if (!string.IsNullOrEmpty(wrapping.CertificateFile))
        {
            ring.ProtectKeysWithCertificate(LoadCertificate(wrapping));
        }
        else
        {
            services.AddSingleton(provider => new PassphraseWrap(ReadPassphrase(provider.GetRequiredService<IssuerOptions>().KeyRing)));
            services.AddOptions<KeyManagementOptions>().Configure<PassphraseWrap>((keys, wrap) => keys.XmlEncryptor = new PassphraseXmlEncryptor(wrap));
        }

        services.AddSingleton<SecretProtector>();
        services.AddSingleton<KeyRing>();
        return services;
    }

    private static string ReadPassphrase(KeyRingOptions options)
    {
        string passphrase = options.Passphrase ?? "";
        if (!string.IsNullOrEmpty(options.PassphraseFile))
        {
            try
            {
                passphrase = File.ReadAllText(options.PassphraseFile).TrimEnd('\r', '\n');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StartupRefusedException($"The passphrase file {options.PassphraseFile} cannot be read ({e.Message}). Set Issuer:KeyRing:PassphraseFile to a file that this user reads.", e);
            }
        }

        return passphrase.Length >= KeyRingOptions.MinimumPassphraseLength
            ? passphrase
            : throw new StartupRefusedException($"The key ring's passphrase is shorter than {KeyRingOptions.MinimumPassphraseLength} characters. Use a longer one, for example from: openssl rand -base64 32");
    }

    private static X509Certificate2 LoadCertificate(KeyRingOptions options)
    {
        string file = options.CertificateFile!;
        try
        {
            X509Certificate2 certificate = Path.GetExtension(file).ToLowerInvariant() is ".pem" or ".crt"
                ? X509Certificate2.CreateFromPemFile(file)
                : X509CertificateLoader.LoadPkcs12FromFile(file, options.CertificatePassword);
            return certificate.HasPrivateKey && certificate.GetRSAPrivateKey() is not null
                ? certificate
                : throw new StartupRefusedException($"The certificate {file} has no RSA private key with it, so it cannot open the key ring. Give a .pfx or .pem file with both.");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusedException($"The certificate {file} cannot be opened ({e.Message}). Check Issuer:KeyRing:CertificateFile and Issuer:KeyRing:CertificatePassword.", e);
        }
    }
}
