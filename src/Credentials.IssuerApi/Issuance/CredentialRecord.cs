using Credentials.Anchoring;
using Credentials.IssuerApi.Status;

namespace Credentials.IssuerApi.Issuance;

/// <summary>A credential as it is stored.</summary>
internal sealed class CredentialRecord
{
    /// <summary>Our own id of it, in its URLs.</summary>
    public required string Id { get; init; }

    public required string InstitutionId { get; init; }

    /// <summary>The document's own <c>id</c>.</summary>
    public required string CredentialId { get; init; }

    /// <summary>The secured text without an anchor, byte for byte as it was signed.</summary>
    public required byte[] Document { get; init; }

    public required byte[] Handle { get; init; }

    public required string StatusListId { get; init; }

    public required long StatusIndex { get; init; }

    /// <summary>The public token; null once the link was deleted.</summary>
    public string? LinkToken { get; init; }

    public required long CreatedAt { get; init; }

    /// <summary>Our id of the credential that replaces this one; null while none does.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>Of a wallet's copy: our id of the credential that it is a copy of.</summary>
    public string? MasterId { get; init; }

    /// <summary>Of a copy: 1 while it is suspended by itself.</summary>
    public long HeldAlone { get; init; }

    public StatusPosition Position => new(StatusListId, (int)StatusIndex);

    /// <summary>How the world is told of it where it replaces another: our id. The document's own may be what a registrar made of a student's number.</summary>
    public string PublicId => PublicIdOf(Id, CredentialId);

    /// <inheritdoc cref="PublicId"/>
    public static string PublicIdOf(string id, string credentialId) => credentialId.StartsWith("urn:uuid:", StringComparison.Ordinal) ? credentialId : $"urn:uuid:{id}";

    public RegistryHandle RegistryHandle => Credentials.Anchoring.RegistryHandle.From(Handle);
}
