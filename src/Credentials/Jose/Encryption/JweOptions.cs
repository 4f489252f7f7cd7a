namespace Credentials.Jose.Encryption;

/// <summary>How a JWE is made.</summary>
/// <param name="Encryption">The <c>enc</c>: one of <see cref="CompactJwe.Encryptions"/>.</param>
public sealed record JweOptions(string Encryption = "A128GCM")
{
    /// <summary>The <c>kid</c> of the recipient's key, if it has one.</summary>
    public string? KeyId { get; init; }

    /// <summary>The <c>typ</c>, if any.</summary>
    public string? Type { get; init; }

    /// <summary>The <c>cty</c>, if any.</summary>
    public string? ContentType { get; init; }

    /// <summary>The <c>apu</c>, not yet encoded; empty for none.</summary>
    public ReadOnlyMemory<byte> PartyU { get; init; }

    /// <summary>The <c>apv</c>, not yet encoded; empty for none.</summary>
    public ReadOnlyMemory<byte> PartyV { get; init; }

    /// <summary>Whether the content is compressed first (<c>zip</c>: <c>DEF</c>). Only where the recipient asked for it: the length then says something of the content.</summary>
    public bool Compress { get; init; }
}
