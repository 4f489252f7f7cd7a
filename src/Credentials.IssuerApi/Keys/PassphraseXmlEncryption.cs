using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Credentials.IssuerApi.Keys;

/// <summary>Hands Data Protection's keys to <see cref="PassphraseWrap"/> before they reach the disk.</summary>
internal sealed class PassphraseXmlEncryptor(PassphraseWrap wrap) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(wrap.Wrap(plaintextElement), typeof(PassphraseXmlDecryptor));
}

/// <summary>Named in the ring's files as their decryptor: its name and namespace are part of the format on disk.</summary>
internal sealed class PassphraseXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => services.GetRequiredService<PassphraseWrap>().Unwrap(encryptedElement);
}
