namespace Credentials.Keys;

/// <summary>Keys as Multikey: multibase base58btc of a multicodec prefix and the raw key.</summary>
/// <remarks>https://www.w3.org/TR/cid-1.0/#Multikey</remarks>
public static class Multikey
{
    /// <summary>The <c>publicKeyMultibase</c> of a key, such as <c>zDna…</c> or <c>z6Mk…</c>.</summary>
    public static string Encode(PublicKey key) => throw new NotImplementedException();

    /// <summary>Reads a <c>publicKeyMultibase</c>.</summary>
    public static Parsed<PublicKey> Decode(string multibase) => throw new NotImplementedException();

    /// <summary>The <c>secretKeyMultibase</c> of a private key.</summary>
    public static string EncodeSecret(SigningKey key) => throw new NotImplementedException();

    /// <summary>Reads a <c>secretKeyMultibase</c>.</summary>
    public static Parsed<SigningKey> DecodeSecret(string multibase) => throw new NotImplementedException();
}
