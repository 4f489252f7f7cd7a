namespace Credentials.OpenId.Wallet;

/// <summary>A credential in a wallet, with the key to which it is bound.</summary>
/// <param name="Id">What the wallet calls it.</param>
/// <param name="Format">As in <see cref="CredentialFormat"/>.</param>
/// <param name="Credential">As the issuer gave it: compact text, or of <c>ldp_vc</c> JSON text.</param>
/// <param name="Key">The key.</param>
public sealed record HeldCredential(string Id, string Format, string Credential, HolderKey Key);
