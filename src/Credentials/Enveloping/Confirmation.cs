using System.Text.Json;
using Credentials.Keys;

namespace Credentials.Enveloping;

/// <summary>The holder's key as the issuer wrote it down (<c>cnf</c>): by value (<c>jwk</c>) or by reference (<c>kid</c>).</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7800#section-3</remarks>
public sealed class Confirmation
{
    private readonly Lazy<Parsed<PublicKey>>? _key;

    private Confirmation(string? keyId, JsonElement? jwk)
    {
        KeyId = keyId;
        _key = jwk is { } element ? new(() => JsonWebKey.Read(element)) : null;
    }

    /// <summary>The reference, a DID URL as a rule; null when the key itself is there.</summary>
    public string? KeyId { get; }

    /// <summary>The key itself; null when it is named only, confirmed in a way that is not known here, or cannot be read (see <see cref="Problem"/>). Read when first asked for, which takes about as long as a verification.</summary>
    public PublicKey? Key => _key?.Value.Value;

    /// <summary>Why the key cannot be read; null when it can, or is not there.</summary>
    public Problem? Problem => _key?.Value.Problem;

    /// <summary>Reads the claim of a document; null when there is none.</summary>
    internal static Confirmation? Read(JsonElement document, out Problem? problem)
    {
        problem = null;
        if (!document.TryGetProperty("cnf", out JsonElement claim))
        {
            return null;
        }

        JsonElement jwk = default;
        JsonElement kid = default;
        bool isObject = claim.ValueKind == JsonValueKind.Object;
        bool hasKey = isObject && claim.TryGetProperty("jwk", out jwk);
        bool hasId = isObject && claim.TryGetProperty("kid", out kid);

        // RFC 7800 section 3.1: at most one key is confirmed; a kid beside a jwk would leave open which.
        if (!isObject || (hasKey && hasId) || (hasKey && jwk.ValueKind != JsonValueKind.Object) || (hasId && kid.ValueKind != JsonValueKind.String))
        {
            problem = new(ProblemCode.MalformedValueError, "The cnf of an envelope is an object with one key: a jwk, or a kid.", "/cnf");
            return null;
        }

        return new(hasId ? kid.GetString() : null, hasKey ? jwk.Clone() : null);
    }
}
