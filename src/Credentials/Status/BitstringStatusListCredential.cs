using Credentials.DataModel;

namespace Credentials.Status;

/// <summary>The content of a status list credential, read from a credential whose proof the caller has verified.</summary>
/// <param name="Id">The <c>credentialSubject.id</c>, if any.</param>
/// <param name="StatusPurpose">The purposes that the list speaks for.</param>
/// <param name="TimeToLive">How long it may be cached; null when not said.</param>
/// <param name="List">The bits.</param>
/// <remarks>https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential</remarks>
public sealed record BitstringStatusListCredential(string? Id, IReadOnlyList<string> StatusPurpose, TimeSpan? TimeToLive, BitstringStatusList List)
{
    /// <summary>Reads the list out of a credential of type <c>BitstringStatusListCredential</c>.</summary>
    public static Parsed<BitstringStatusListCredential> Read(VerifiableCredential credential) => throw new NotImplementedException();

    /// <summary>Builds the unsigned credential's JSON text.</summary>
    public static byte[] Build(Uri id, string issuer, string statusPurpose, BitstringStatusList list, DateTimeOffset validFrom, DateTimeOffset validUntil, TimeSpan timeToLive) => throw new NotImplementedException();
}
