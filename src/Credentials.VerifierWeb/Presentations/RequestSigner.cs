using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Credentials.Dids.Methods;
using Credentials.Encoding;
using Credentials.Keys;
using Credentials.OpenId.Presentation;
using Credentials.VerifierWeb.Options;
using PublicKey = Credentials.Keys.PublicKey;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>The verifier's name towards wallets, and the key that proves it.</summary>
internal sealed class RequestSigner : IDisposable
{
    private const string WebKeyName = "#requests";

    private readonly SigningKey _key;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _certificates;
    private readonly Dictionary<string, ClientIdentifier> _names;

    private RequestSigner(SigningKey key, List<byte[]> certificates, List<string> dnsNames, PresentationOptions options)
    {
        (_key, _certificates) = (key, [.. certificates.Select(one => (ReadOnlyMemory<byte>)one)]);
        WebDid = options.Did.Length > 0 ? options.Did : null;
        string did = WebDid ?? DidJwk.Of(key.PublicKey);
        KeyId = did + (WebDid is null ? "#0" : WebKeyName);
        _names = new(StringComparer.Ordinal) { [ClientIdentifier.DecentralizedIdentifier] = ClientIdentifier.Of($"{ClientIdentifier.DecentralizedIdentifier}:{did}") };
        if (certificates.Count > 0)
        {
            _names[ClientIdentifier.X509Hash] = ClientIdentifier.Of($"{ClientIdentifier.X509Hash}:{StrictBase64Url.Encode(SHA256.HashData(certificates[0]))}");
        }

        if (dnsNames.Count > 0)
        {
            _names[ClientIdentifier.X509SanDns] = ClientIdentifier.Of($"{ClientIdentifier.X509SanDns}:{dnsNames[0]}");
        }

        Default = options.ClientIdPrefix.Length > 0 ? options.ClientIdPrefix
            : certificates.Count > 0 ? ClientIdentifier.X509Hash
            : ClientIdentifier.DecentralizedIdentifier;
    }

    /// <summary>The prefix that is used unless another is asked for.</summary>
    public string Default { get; }

    /// <summary>The did:web; null when the verifier has none.</summary>
    public string? WebDid { get; }

    /// <summary>DID URL of the key.</summary>
    public string KeyId { get; }

    /// <summary>The prefixes under which this verifier can ask.</summary>
    public IEnumerable<string> Prefixes => _names.Keys;

    /// <summary>The verifier's name under a prefix; null when it has none.</summary>
    public ClientIdentifier? NameOf(string prefix) => _names.GetValueOrDefault(prefix);

    /// <summary>Signs a request.</summary>
    public async Task<string> SignAsync(AuthorizationRequest request, CancellationToken cancellationToken)
    {
        bool isDid = request.Client is { Prefix: ClientIdentifier.DecentralizedIdentifier };
        Parsed<string> signed = await RequestObject.SignAsync(request, _key, isDid ? KeyId : null, isDid ? [] : _certificates, cancellationToken);
        return signed.Require();
    }

    /// <summary>The DID document of <see cref="WebDid"/>.</summary>
    public byte[] WriteDidDocument()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("@context");
            writer.WriteStringValue("https://www.w3.org/ns/did/v1");
            writer.WriteStringValue("https://w3id.org/security/suites/jws-2020/v1");
            writer.WriteEndArray();
            writer.WriteString("id", WebDid);
            writer.WriteStartArray("verificationMethod");
            writer.WriteStartObject();
            writer.WriteString("id", KeyId);
            writer.WriteString("type", "JsonWebKey2020");
            writer.WriteString("controller", WebDid);
            writer.WritePropertyName("publicKeyJwk");
            JsonWebKey.Write(writer, _key.PublicKey);
            writer.WriteEndObject();
            writer.WriteEndArray();
            foreach (string relationship in (string[])["authentication", "assertionMethod"])
            {
                writer.WriteStartArray(relationship);
                writer.WriteStringValue(KeyId);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads key and certificates, or makes a key.</summary>
    public static Parsed<RequestSigner> Read(VerifierOptions options)
    {
        PresentationOptions requests = options.Requests;
        if (requests.KeyFile.Length == 0)
        {
            return new RequestSigner(SigningKey.Generate(KeyType.P256), [], [], requests);
        }

        try
        {
            Parsed<SigningKey> key = ReadKey(requests.KeyFile);
            return !key.Ok ? key.Problem
                : requests.CertificateFile.Length == 0 ? new RequestSigner(key.Value, [], [], requests)
                : WithCertificates(key.Value, requests, new Uri(options.PublicBaseUrl).IdnHost);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException or UriFormatException)
        {
            return Fault($"{requests.KeyFile} or {requests.CertificateFile} cannot be read: {e.Message}");
        }
    }

    public void Dispose() => _key.Dispose();

    private static Parsed<RequestSigner> WithCertificates(SigningKey key, PresentationOptions requests, string host)
    {
        X509Certificate2Collection chain = [];
        chain.ImportFromPemFile(requests.CertificateFile);
        using X509Certificate2? leaf = chain.FirstOrDefault();
        if (leaf?.GetECDsaPublicKey() is not { } certified || !KeyOf(certified.ExportParameters(includePrivateParameters: false)).Equals(key.PublicKey))
        {
            return Fault("the first certificate is not of the key in KeyFile.");
        }

        // x509_san_dns: the answer goes to this host, and the wallet compares the two.
        string[] names = [.. leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames())];
        List<string> dnsNames = [.. names.Where(name => name.Equals(host, StringComparison.OrdinalIgnoreCase))];
        return requests.ClientIdPrefix == ClientIdentifier.X509SanDns && dnsNames.Count == 0
            ? Fault($"the certificate does not name {host}, to which wallets are sent.")
            : new RequestSigner(key, [.. chain.Select(one => one.RawData)], dnsNames, requests);
    }

    private static Parsed<SigningKey> ReadKey(string file)
    {
        using var native = ECDsa.Create();
        native.ImportFromPem(File.ReadAllText(file));
        ECParameters parameters = native.ExportParameters(includePrivateParameters: true);
        try
        {
            return native.KeySize switch
            {
                256 => SigningKey.FromBytes(KeyType.P256, parameters.D),
                384 => SigningKey.FromBytes(KeyType.P384, parameters.D),
                _ => Fault("the key is on a curve that wallets do not know: P-256 and P-384 are."),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(parameters.D);
        }
    }

    private static PublicKey KeyOf(ECParameters key) =>
        PublicKey.FromBytes(key.Q.X!.Length == 32 ? KeyType.P256 : KeyType.P384, [(byte)((key.Q.Y![^1] & 1) == 0 ? 2 : 3), .. key.Q.X]).Require();

    private static Problem Fault(string detail) => new(ProblemCode.InvalidOptions, detail);
}
