using System.Security.Cryptography;
using System.Xml.Linq;
using Credentials.IssuerApi.Configuration;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Credentials.IssuerApi.Keys;

/// <summary>The ring on disk. It is opened by hand before Data Protection sees it, because Data Protection silently begins a new ring beside one that it cannot open, and so orphans every private key.</summary>
internal sealed class KeyRing(IssuerOptions options, IServiceProvider services)
{
    private static readonly XName s_encryptedSecret = XName.Get("encryptedSecret", "http://schemas.asp.net/2015/03/dataProtection");

    /// <summary>The ring's folder within a data folder.</summary>
    public static string FolderIn(string dataFolder) => Path.Combine(dataFolder, "keyring");

    /// <summary>Opens every key of the ring.</summary>
    /// <returns>The number of keys.</returns>
    /// <exception cref="StartupRefusedException">A key is in plain text, or the passphrase or certificate does not open it.</exception>
    public int Open()
    {
        string folder = FolderIn(options.DataFolder);
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "key-*.xml") : [];
        foreach (string file in files)
        {
            Open(file, folder);
        }

        return files.Length;
    }

    private void Open(string file, string folder)
    {
        try
        {
            XElement? secret = XDocument.Load(file).Descendants(s_encryptedSecret).FirstOrDefault();
            if (DecryptorOf(secret) is not { } decryptor || secret?.Elements().FirstOrDefault() is not { } wrapped)
            {
                throw new StartupRefusedException($"The key ring's file {file} is not wrapped by a passphrase or certificate. Replace it from a backup; if it was ever in plain text, treat the keys that it protected as known to others.");
            }

            _ = decryptor.Decrypt(wrapped);
        }
        catch (Exception e) when (e is CryptographicException or InvalidOperationException or System.Xml.XmlException or FormatException)
        {
            throw new StartupRefusedException($"The passphrase or certificate does not open the key ring in {folder}. Start with the one that the ring was made with (Issuer:KeyRing:...); without it the private keys in this data folder cannot be read.", e);
        }
    }

    private IXmlDecryptor? DecryptorOf(XElement? secret) => ((string?)secret?.Attribute("decryptorType"))?.Split(',')[0] switch
    {
        var name when name == typeof(PassphraseXmlDecryptor).FullName => new PassphraseXmlDecryptor(services),
        var name when name == typeof(EncryptedXmlDecryptor).FullName => new EncryptedXmlDecryptor(services),
        _ => null,
    };
}
