namespace Credentials.Status;

/// <summary>An entry of <c>credentialStatus</c> that points into a Bitstring Status List.</summary>
/// <param name="StatusPurpose">Such as <c>revocation</c> or <c>suspension</c>.</param>
/// <param name="StatusListIndex">Zero-based index.</param>
/// <param name="StatusListCredential">URL of the list's credential.</param>
/// <remarks>https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry</remarks>
public sealed record BitstringStatusListEntry(string StatusPurpose, long StatusListIndex, Uri StatusListCredential)
{
    /// <summary>The entry's <c>type</c>.</summary>
    public const string Type = "BitstringStatusListEntry";
}
