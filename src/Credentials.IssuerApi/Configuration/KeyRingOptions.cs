using System.ComponentModel.DataAnnotations;

namespace Credentials.IssuerApi.Configuration;

/// <summary>Section <c>Issuer:KeyRing</c>: what wraps the ring that encrypts every private key in the data folder.</summary>
internal sealed class KeyRingOptions : IValidatableObject
{
    /// <summary>Shortest passphrase that is taken, in characters.</summary>
    public const int MinimumPassphraseLength = 12;

    /// <summary>A file whose text, without the line break at its end, is the passphrase.</summary>
    public string? PassphraseFile { get; set; }

    public string? Passphrase { get; set; }

    /// <summary>A PKCS#12 (.pfx, .p12) or PEM file with an RSA certificate and its private key.</summary>
    public string? CertificateFile { get; set; }

    public string? CertificatePassword { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        int given = new[] { PassphraseFile, Passphrase, CertificateFile }.Count(value => !string.IsNullOrEmpty(value));
        if (given == 0)
        {
            yield return new("No secret wraps the key ring, and private keys are never kept in plain text. Set Issuer:KeyRing:PassphraseFile (a file that only this user reads), Issuer:KeyRing:Passphrase, or Issuer:KeyRing:CertificateFile.");
        }
        else if (given > 1)
        {
            yield return new("Set only one of Issuer:KeyRing:PassphraseFile, Issuer:KeyRing:Passphrase and Issuer:KeyRing:CertificateFile: a key ring has one wrapping.");
        }
    }
}
