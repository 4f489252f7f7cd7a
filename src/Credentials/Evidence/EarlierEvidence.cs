using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Anchoring;

namespace Credentials.Evidence;

/// <summary>Evidence of a registry in which the credential was anchored before it was migrated: the old receipt, and what the old chain said.</summary>
/// <param name="Receipt">The receipt, from the credential (or from the evidence before) to the old root.</param>
/// <param name="Chain">What the old registry said; its header may be one that nobody vouches for, when the chain was dead before anyone looked.</param>
/// <remarks>JSON: <c>{"receipt":{…},"chain":{…},"accreditation":{…}}</c>; <c>accreditation</c> may be absent.</remarks>
public sealed record EarlierEvidence(AnchorReceipt Receipt, ChainEvidence Chain)
{
    /// <summary>Who vouched for the institution in the old registry.</summary>
    public AccreditationPath? Accreditation { get; init; }

    /// <summary>The leaf that a migration puts under a root of another registry: SHA-256 of <c>credentials-migration:1</c>, a line feed, and the JCS form of <c>{"registry","institution","root","handle","chain","accreditation"}</c>. It is of one credential, by its handle: who anchors it says that this credential stood, and says so of no other under the same root.</summary>
    /// <param name="handle">The handle that the signed credential carries.</param>
    public AnchorDigest DigestFor(RegistryHandle handle) => AnchorDigest.From(SHA256.HashData([.. "credentials-migration:1\n"u8, .. EvidenceText.Canonical(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("registry", Receipt.Registry.ToString());
        writer.WriteString("institution", Receipt.Institution.ToString());
        writer.WriteString("root", Receipt.Root.ToString());
        writer.WriteString("handle", handle.ToString());
        writer.WritePropertyName("chain");
        ChainEvidenceFormat.Write(writer, Chain);
        if (Accreditation is not null)
        {
            writer.WritePropertyName("accreditation");
            Accreditation.WriteTo(writer);
        }

        writer.WriteEndObject();
    })]));

    /// <summary>The leaf of what a bundle has that is to be migrated; null when there is nothing.</summary>
    public static AnchorDigest? LeafOf(EvidenceBundle bundle) => Of(bundle) is { } before && HandleIn(bundle) is { } handle ? before.DigestFor(handle) : null;

    /// <summary>The handle that the credential in a bundle carries for the registry that it names; null when there is none.</summary>
    public static RegistryHandle? HandleIn(EvidenceBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        RegistryAddress? origin = (bundle.Earlier.Count > 0 ? bundle.Earlier[^1].Receipt : bundle.Receipt)?.Registry;
        return origin is null ? null : BundleSubject.Read(bundle.Credential.Secured).Value?.EntryOf(origin)?.Handle;
    }

    /// <summary>What a bundle has that is to be migrated; null when it has no receipt or no evidence of a chain.</summary>
    public static EarlierEvidence? Of(EvidenceBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return bundle is { Receipt: { } receipt, Chain: { } chain } ? new(receipt, chain) { Accreditation = bundle.Accreditation } : null;
    }

    /// <summary>The bundle after a migration.</summary>
    /// <param name="bundle">The bundle before.</param>
    /// <param name="receipt">From the leaf (<see cref="LeafOf"/>) to the new root.</param>
    /// <param name="chain">What the new registry says.</param>
    /// <param name="accreditation">Who vouches for the institution there.</param>
    /// <exception cref="ArgumentException">The bundle has nothing to migrate.</exception>
    public static EvidenceBundle Migrate(EvidenceBundle bundle, AnchorReceipt receipt, ChainEvidence chain, AccreditationPath? accreditation)
    {
        EarlierEvidence before = Of(bundle) ?? throw new ArgumentException("The bundle has no receipt, or no evidence of a chain.", nameof(bundle));
        return bundle with { Receipt = receipt, Chain = chain, Accreditation = accreditation, Earlier = [before, .. bundle.Earlier] };
    }

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("receipt");
        AnchorReceiptFormat.WriteJson(writer, Receipt);
        writer.WritePropertyName("chain");
        ChainEvidenceFormat.Write(writer, Chain);
        if (Accreditation is not null)
        {
            writer.WritePropertyName("accreditation");
            Accreditation.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    internal static EarlierEvidence? Read(AnchorJsonReader bundle, JsonElement json, string pointer)
    {
        var reader = new AnchorJsonReader(json, pointer, ProblemCode.EvidenceError);
        reader.AllowOnly("receipt", "chain", "accreditation");
        AnchorReceipt? receipt = ReadReceipt(reader, reader.Member("receipt") ?? default, pointer + "/receipt");
        ChainEvidence? chain = ChainEvidenceFormat.Read(reader, reader.Member("chain") ?? default, pointer + "/chain");
        AccreditationPath? path = ReadPath(reader, pointer + "/accreditation");
        bundle.Adopt(reader);
        return receipt is null || chain is null ? null : new(receipt, chain) { Accreditation = path };
    }

    internal static AnchorReceipt? ReadReceipt(AnchorJsonReader reader, JsonElement json, string pointer)
    {
        Parsed<AnchorReceipt> receipt = AnchorReceiptFormat.FromJson(json);
        reader.Adopt(receipt.Problem is { } problem ? problem with { Code = ProblemCode.EvidenceError, Pointer = pointer + problem.Pointer } : null);
        return receipt.Value;
    }

    internal static AccreditationPath? ReadPath(AnchorJsonReader reader, string pointer)
    {
        if (reader.Member("accreditation") is not { } json)
        {
            return null;
        }

        Parsed<AccreditationPath> path = AccreditationPath.Read(json);
        reader.Adopt(path.Problem is { } problem ? problem with { Code = ProblemCode.EvidenceError, Pointer = pointer + problem.Pointer } : null);
        return path.Value;
    }
}
