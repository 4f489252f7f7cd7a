using System.Text.Json;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.Dids;

/// <summary>A verification method (a public key and who controls it).</summary>
/// <param name="Id">Absolute DID URL.</param>
/// <param name="Type"><c>Multikey</c>, <c>JsonWebKey</c>, <c>JsonWebKey2020</c>, <c>Ed25519VerificationKey2020</c> ...</param>
/// <param name="Controller">The DID that controls the key.</param>
/// <param name="Key">The key, or why it cannot be read.</param>
/// <param name="Expires">From when on the key must not be used.</param>
/// <param name="Revoked">When the key was revoked.</param>
/// <remarks>https://www.w3.org/TR/cid-1.0/#verification-methods</remarks>
public sealed record VerificationMethod(string Id, string Type, string Controller, Parsed<PublicKey> Key, DateTimeOffset? Expires, DateTimeOffset? Revoked)
{
    internal const string Multikey = "Multikey";
    internal const string JsonWebKey = "JsonWebKey";
    internal const string JsonWebKey2020 = "JsonWebKey2020";
    internal const string Ed25519VerificationKey2020 = "Ed25519VerificationKey2020";

    /// <summary>Reads a method; a key of a type that is not known here is a problem of the key alone.</summary>
    internal static Parsed<VerificationMethod> Read(JsonElement json, string did, string pointer)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Fault("A verification method is an object.", pointer);
        }

        if (Text(json, "id") is not { } relative || AbsoluteId(relative, did) is not { } id)
        {
            return Fault("A verification method needs an id: a DID URL with a fragment, or #FRAGMENT.", JsonPointer.Member(pointer, "id"));
        }

        if (Text(json, "type") is not { Length: > 0 } type)
        {
            return Fault("A verification method needs one type.", JsonPointer.Member(pointer, "type"));
        }

        if (Text(json, "controller") is not { } controller || DidUrl.Parse(controller) is not { Value.IsDid: true })
        {
            return Fault("A verification method needs a controller: one DID.", JsonPointer.Member(pointer, "controller"));
        }

        if (!TryReadTime(json, "expires", out DateTimeOffset? expires) || !TryReadTime(json, "revoked", out DateTimeOffset? revoked))
        {
            // Passed over, it would leave a revoked key good for ever.
            return Fault("The times expires and revoked are written like 2026-06-30T12:00:00Z.", pointer);
        }

        return new VerificationMethod(id, type, controller, ReadKey(json, type), expires, revoked);
    }

    /// <summary>The absolute form of a reference to a method; null when it is no DID URL with a fragment.</summary>
    internal static string? AbsoluteId(string reference, string did)
    {
        string text = reference.StartsWith('#') ? did + reference : reference;
        return DidUrl.Parse(text) is { Value.Fragment.Length: > 0 } ? text : null;
    }

    private static Parsed<PublicKey> ReadKey(JsonElement json, string type)
    {
        bool hasMultibase = json.TryGetProperty("publicKeyMultibase", out JsonElement multibase);
        bool hasJwk = json.TryGetProperty("publicKeyJwk", out JsonElement jwk);
        if (hasMultibase && hasJwk)
        {
            return KeyFault("The method gives its key twice, so that nobody can tell which one counts.");
        }

        return type switch
        {
            Multikey => hasMultibase && multibase.ValueKind == JsonValueKind.String
                ? Keys.Multikey.Decode(multibase.GetString()!)
                : KeyFault("A Multikey has a publicKeyMultibase."),
            Ed25519VerificationKey2020 => hasMultibase && multibase.ValueKind == JsonValueKind.String && Keys.Multikey.Decode(multibase.GetString()!) is var key && key.Value?.Type is null or KeyType.Ed25519
                ? key
                : KeyFault("An Ed25519VerificationKey2020 has a publicKeyMultibase, of an Ed25519 key."),
            JsonWebKey or JsonWebKey2020 => hasJwk && jwk.ValueKind == JsonValueKind.Object
                ? Keys.JsonWebKey.Read(jwk)
                : KeyFault($"A {type} has a publicKeyJwk."),
            _ => new Problem(ProblemCode.Unsupported, $"Keys of type {type} are not read here; use Multikey."),
        };
    }

    private static bool TryReadTime(JsonElement json, string name, out DateTimeOffset? time)
    {
        time = null;
        if (!json.TryGetProperty(name, out JsonElement value))
        {
            return true;
        }

        bool ok = XsdDateTime.TryParse(value.ValueKind == JsonValueKind.String ? value.GetString() : null, out DateTimeOffset read);
        time = ok ? read : null;
        return ok;
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Problem KeyFault(string detail) => new(ProblemCode.InvalidVerificationMethod, detail);

    private static Problem Fault(string detail, string pointer) => new(ProblemCode.InvalidDidDocument, detail, pointer);
}
