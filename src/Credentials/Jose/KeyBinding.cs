using Credentials.Keys;

namespace Credentials.Jose;

/// <summary>A key binding JWT: the holder's word that this presentation was made for this verifier now. Opened, not yet believed.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9901#section-4.3</remarks>
public sealed class KeyBinding
{
    private KeyBinding(string audience, string nonce, DateTimeOffset issuedAt) => (Audience, Nonce, IssuedAt) = (audience, nonce, issuedAt);

    /// <summary>For whom (<c>aud</c>).</summary>
    public string Audience { get; }

    /// <summary>For which transaction (<c>nonce</c>).</summary>
    public string Nonce { get; }

    /// <summary>When (<c>iat</c>).</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>Whether it is the holder's, over this SD-JWT, and what the verifier asked for; null when all of it holds.</summary>
    /// <param name="holderKey">The key of <c>cnf</c>.</param>
    /// <param name="expected">What the verifier asked for.</param>
    public Problem? Verify(PublicKey holderKey, KeyBindingExpectation expected) => throw new NotImplementedException();
}
