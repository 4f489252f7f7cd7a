using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Credentials.Anchoring;
using Credentials.Cli.Input;
using Credentials.Evidence;
using Credentials.Verification;

namespace Credentials.Cli.Trust;

/// <summary>What a trust file says of evidence: blocks that are known, and who is believed about having seen others.</summary>
/// <remarks><c>"checkpoints":[{"chainId","blockHash"}]</c>, <c>"witnesses":[{"name","certificate":"file"}|{"name","key":"file of a JWK"}]</c>; files are relative to the trust file.</remarks>
internal sealed record TrustedEvidence(IReadOnlyList<Checkpoint> Checkpoints, IReadOnlyList<TrustedWitness> Witnesses)
{
    public static TrustedEvidence None { get; } = new([], []);

    /// <summary>Reads both members.</summary>
    /// <exception cref="MisuseException">One is malformed, or a file that it names cannot be had.</exception>
    public static TrustedEvidence Read(TrustFile.Reader reader, string folder) => new(
        [.. reader.Items("checkpoints").Select(ReadCheckpoint)],
        [.. reader.Items("witnesses").Select(item => ReadWitness(item, folder))]);

    private static Checkpoint ReadCheckpoint(TrustFile.Reader reader)
    {
        reader.AllowOnly("chainId", "blockHash");
        return Bytes32.TryParse(reader.Text("blockHash"), out Bytes32 hash)
            ? new(reader.Number("chainId"), hash)
            : throw reader.Fault("blockHash", "must be 0x and 64 hexadecimal digits");
    }

    private static TrustedWitness ReadWitness(TrustFile.Reader reader, string folder)
    {
        reader.AllowOnly("name", "certificate", "key");
        string name = reader.Text("name") is { Length: > 0 } given ? given : throw reader.Fault("name", "is missing");
        return (reader.Text("certificate"), reader.Text("key")) switch
        {
            ({ } certificate, null) => new(name, ReadCertificate(reader, Path.Combine(folder, certificate)), null),
            (null, { } key) => new(name, null, GivenKey.ReadEither(Path.Combine(folder, key))),
            _ => throw reader.Fault("has a certificate (of a time-stamp authority) or a key (of a signer), and not both"),
        };
    }

    internal static byte[] ReadCertificate(TrustFile.Reader reader, string path)
    {
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(path);
            return certificate.RawData;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw reader.Fault("certificate", $"{path} cannot be read as a certificate (DER or PEM)");
        }
    }
}
