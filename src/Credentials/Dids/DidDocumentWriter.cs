using System.Buffers;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.Dids;

/// <summary>Writes the DID document in which an issuer publishes its keys, as Multikey methods that may assert.</summary>
/// <remarks>https://www.w3.org/TR/cid-1.0/#Multikey. A revoked key stays listed with its <c>revoked</c> time: what it signed before is still judged by it.</remarks>
public static class DidDocumentWriter
{
    /// <summary>The document's UTF-8 JSON text.</summary>
    /// <param name="did">The DID that it is about.</param>
    /// <param name="keys">The keys, revoked ones included.</param>
    /// <param name="services">What else the issuer offers, and where; none by default.</param>
    /// <exception cref="ArgumentException">No DID, or a fragment that makes no DID URL with it.</exception>
    public static byte[] Write(string did, IReadOnlyList<PublishedKey> keys, IReadOnlyList<PublishedService>? services = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (DidUrl.Parse(did) is not { Value.IsDid: true })
        {
            throw new ArgumentException("This is no DID.", nameof(did));
        }

        var text = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(text, new() { Indented = true });
        writer.WriteStartObject();
        writer.WriteStartArray("@context");
        writer.WriteStringValue("https://www.w3.org/ns/did/v1");
        writer.WriteStringValue("https://w3id.org/security/multikey/v1");
        writer.WriteEndArray();
        writer.WriteString("id", did);
        writer.WriteStartArray("verificationMethod");
        foreach (PublishedKey key in keys)
        {
            Write(writer, did, key);
        }

        writer.WriteEndArray();
        WriteIds(writer, "assertionMethod", did, keys);
        WriteServices(writer, did, services ?? []);
        writer.WriteEndObject();
        writer.Flush();
        return text.WrittenSpan.ToArray();
    }

    /// <summary>The document, as somebody who fetched it would read it.</summary>
    /// <param name="did">The DID that it is about.</param>
    /// <param name="keys">The keys, revoked ones included.</param>
    /// <exception cref="ArgumentException">As <see cref="Write(string, IReadOnlyList{PublishedKey}, IReadOnlyList{PublishedService})"/>, or two keys with one fragment.</exception>
    public static DidDocument Build(string did, IReadOnlyList<PublishedKey> keys)
    {
        Parsed<DidDocument> read = DidDocument.Read(StrictJson.Parse(Write(did, keys)).Require().RootElement, did);
        return read.Ok ? read.Value : throw new ArgumentException(read.Problem.Detail, nameof(keys));
    }

    private static void Write(Utf8JsonWriter writer, string did, PublishedKey key)
    {
        writer.WriteStartObject();
        writer.WriteString("id", IdOf(did, key));
        writer.WriteString("type", VerificationMethod.Multikey);
        writer.WriteString("controller", did);
        writer.WriteString("publicKeyMultibase", Multikey.Encode(key.Key));
        if (key.Expires is { } expires)
        {
            writer.WriteString("expires", XsdDateTime.Format(expires));
        }

        if (key.Revoked is { } revoked)
        {
            writer.WriteString("revoked", XsdDateTime.Format(revoked));
        }

        writer.WriteEndObject();
    }

    private static void WriteIds(Utf8JsonWriter writer, string relationship, string did, IReadOnlyList<PublishedKey> keys)
    {
        writer.WriteStartArray(relationship);
        foreach (PublishedKey key in keys)
        {
            writer.WriteStringValue(IdOf(did, key));
        }

        writer.WriteEndArray();
    }

    private static void WriteServices(Utf8JsonWriter writer, string did, IReadOnlyList<PublishedService> services)
    {
        if (services.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("service");
        foreach (PublishedService service in services)
        {
            writer.WriteStartObject();
            writer.WriteString("id", IdOf(did, service.Fragment));
            writer.WriteString("type", service.Type);
            writer.WriteString("serviceEndpoint", service.Endpoint.AbsoluteUri);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string IdOf(string did, PublishedKey key) => IdOf(did, key.Fragment);

    private static string IdOf(string did, string fragment) =>
        VerificationMethod.AbsoluteId("#" + fragment, did) ?? throw new ArgumentException($"'{fragment}' is no fragment.", nameof(fragment));
}

/// <summary>A key as an issuer publishes it.</summary>
/// <param name="Fragment">The fragment of its DID URL, such as <c>key-1</c>.</param>
/// <param name="Key">The key.</param>
/// <param name="Revoked">When it was revoked, if it was; written in whole seconds.</param>
/// <param name="Expires">From when on it must not be used, if ever; written in whole seconds.</param>
public sealed record PublishedKey(string Fragment, PublicKey Key, DateTimeOffset? Revoked = null, DateTimeOffset? Expires = null);

/// <summary>A service as an issuer publishes it.</summary>
/// <param name="Fragment">The fragment of its DID URL.</param>
/// <param name="Type">Its type, such as <c>AccreditationPath</c>.</param>
/// <param name="Endpoint">Where it is.</param>
/// <remarks>https://www.w3.org/TR/did-1.0/#services</remarks>
public sealed record PublishedService(string Fragment, string Type, Uri Endpoint);
