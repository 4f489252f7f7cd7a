using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Status;

namespace Credentials.DataModel;

/// <summary>A credential of VCDM 2.0 (1.1 is read): parsed once, verified as received, never re-serialised. A view over its own JSON.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-model-2.0/</remarks>
public sealed class VerifiableCredential
{
    private VerifiableCredential() => throw new NotImplementedException();

    /// <summary>Parses strictly: duplicate members, wrong shapes, bad dates and bad URLs are one problem each, with its JSON pointer.</summary>
    /// <param name="utf8">JSON text; up to 1 MiB.</param>
    public static Parsed<VerifiableCredential> Parse(ReadOnlyMemory<byte> utf8) => throw new NotImplementedException();

    /// <summary>Every problem of the document, for those who mend it; empty when it parses.</summary>
    public static IReadOnlyList<Problem> Validate(ReadOnlyMemory<byte> utf8) => throw new NotImplementedException();

    /// <summary>The document as received.</summary>
    public ReadOnlyMemory<byte> Utf8 => throw new NotImplementedException();

    /// <summary>The parsed document.</summary>
    public JsonElement Json => throw new NotImplementedException();

    /// <summary>The <c>id</c>, if any.</summary>
    public string? Id => throw new NotImplementedException();

    /// <summary>The types, <c>VerifiableCredential</c> among them.</summary>
    public IReadOnlyList<string> Types => throw new NotImplementedException();

    /// <summary>The issuer's id: the <c>issuer</c> URL, or the <c>id</c> of the issuer object.</summary>
    public string IssuerId => throw new NotImplementedException();

    /// <summary>The start of validity (<c>validFrom</c>, or <c>issuanceDate</c> of 1.1).</summary>
    public DateTimeOffset? ValidFrom => throw new NotImplementedException();

    /// <summary>The end of validity (<c>validUntil</c>, or <c>expirationDate</c> of 1.1).</summary>
    public DateTimeOffset? ValidUntil => throw new NotImplementedException();

    /// <summary>The Bitstring Status List entries.</summary>
    public IReadOnlyList<BitstringStatusListEntry> StatusEntries => throw new NotImplementedException();

    /// <summary>The registry entries; a diploma of ours has one.</summary>
    public IReadOnlyList<RegistryEntry> RegistryEntries => throw new NotImplementedException();

    /// <summary>The <c>type</c> of every status entry that is neither: a verifier cannot tell what they say.</summary>
    public IReadOnlyList<string> UnknownStatusTypes => throw new NotImplementedException();
}
