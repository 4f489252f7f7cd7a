using Credentials.Dids.Methods;
using Credentials.Keys;

namespace Credentials.OpenId.Wallet;

/// <summary>How a wallet names its key to an issuer: the credential is bound to what is named.</summary>
public enum HolderBinding
{
    /// <summary>The key itself.</summary>
    Jwk,

    /// <summary>A did:key.</summary>
    DidKey,

    /// <summary>A did:jwk.</summary>
    DidJwk,
}

/// <summary>A key of the holder's, under the name by which a credential is bound to it. The signer is the caller's, to dispose and to guard.</summary>
/// <param name="Signer">The key.</param>
/// <param name="Binding">How it is named.</param>
public sealed record HolderKey(ISigner Signer, HolderBinding Binding = HolderBinding.DidKey)
{
    /// <summary>The holder's DID. That of a bare key is its did:jwk, as issuers name the subject of a credential that is bound to one.</summary>
    public string Did => Binding == HolderBinding.DidKey ? DidKey.Of(Signer.PublicKey) : DidJwk.Of(Signer.PublicKey);

    /// <summary>The verification method of that DID.</summary>
    public string VerificationMethod => Binding == HolderBinding.DidKey ? DidKey.MethodOf(Signer.PublicKey) : $"{DidJwk.Of(Signer.PublicKey)}#0";

    /// <summary>The name under which issuers' metadata has the binding (<c>cryptographic_binding_methods_supported</c>).</summary>
    public string BindingMethod => Binding switch
    {
        HolderBinding.Jwk => "jwk",
        HolderBinding.DidKey => "did:key",
        _ => "did:jwk",
    };
}
