using Credentials.Keys;

namespace Credentials.OpenId.Jose;

/// <summary>The names that wallets, issuers and verifiers have for the algorithms that are signed with here. To add one: a row in <see cref="All"/>.</summary>
/// <param name="KeyType">The keys.</param>
/// <param name="Name">The <c>alg</c> that is written.</param>
/// <param name="Alias">Another name that is read for the same; null when there is none.</param>
public sealed record JwtAlgorithm(KeyType KeyType, string Name, string? Alias = null)
{
    /// <summary>The algorithms that are known here, the most widely spoken first.</summary>
    public static IReadOnlyList<JwtAlgorithm> All { get; } =
    [
        new(KeyType.P256, "ES256"), // https://www.rfc-editor.org/rfc/rfc7518#section-3.4
        new(KeyType.P384, "ES384"), // the same
        new(KeyType.Ed25519, "EdDSA", "Ed25519"), // https://www.rfc-editor.org/rfc/rfc8037#section-3.1, https://www.rfc-editor.org/rfc/rfc9864#section-2.2
    ];

    /// <summary>The algorithm of a type of key.</summary>
    public static JwtAlgorithm Of(KeyType type) => All.First(row => row.KeyType == type);

    /// <summary>The algorithm of a name; null for any other, <c>none</c> and the symmetric ones among them.</summary>
    public static JwtAlgorithm? Find(string? name) => name is null ? null : All.FirstOrDefault(row => row.Name == name || row.Alias == name);
}
