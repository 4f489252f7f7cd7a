using System.Security.Cryptography;
using System.Xml.Linq;
using Credentials.IssuerApi.Configuration;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Credentials.IssuerApi.Keys;

/// <summary>The ring on disk: refuses to start on one that it cannot open, because Data Protection would silently begin a new one beside it and orphan every private key.</summary>
internal sealed class KeyRing(IssuerOptions options, IKeyManager keys)
{
    private static readonly string[] s_wrappings = [typeof(PassphraseXmlDecryptor).FullName!, typeof(EncryptedXmlDecryptor).FullName!];

    /// <summary>The ring's folder within a data folder.</summary>
    public static string FolderIn(string dataFolder) => Path.Combine(dataFolder, "keyring");

    /// <summary>Opens every key of the ring.</summary>
    /// <returns>The number of keys.</returns>
    /// <exception cref="StartupRefusedException">A key is in plain text, or the passphrase or certificate does not open it.</exception>
    public int Open()
    {
        string folder = FolderIn(options.DataFolder);
        foreach (string file in Directory.Exists(folder) ? Directory.GetFiles(folder, "key-*.xml") : [])
        {
            RefusePlainText(file);
        }

        IReadOnlyCollection<IKey> all = keys.GetAllKeys();
        foreach (IKey key in all)
        {
            try
            {
                _ = key.CreateEncryptor() ?? throw new CryptographicException("No encryptor for this key.");
            }
            catch (Exception e) when (e is CryptographicException or InvalidOperationException or System.Xml.XmlException)
            {
                throw new StartupRefusedException($"The passphrase or certificate does not open the key ring in {folder}. Start with the one that the ring was made with (Issuer:KeyRing:...); without it the private keys in this data folder cannot be read.", e);
            }
        }

        return all.Count;
    }

    private static void RefusePlainText(string file)
    {
        XElement? encrypted = XDocument.Load(file).Descendants().FirstOrDefault(element => element.Name.LocalName == "encryptedSecret");
        string decryptor = ((string?)encrypted?.Attribute("decryptorType") ?? "").Split(',')[0];
        if (!s_wrappings.Contains(decryptor, StringComparer.Ordinal))
        {
            throw new StartupRefusedException($"The key ring's file {file} is not wrapped by a passphrase or certificate. Replace it from a backup; if it was ever in plain text, treat the keys that it protected as known to others.");
        }
    }
}
