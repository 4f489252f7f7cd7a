namespace Credentials.IssuerApi.Status;

/// <summary>One entry of a status list: the same index holds for all its purposes.</summary>
internal readonly record struct StatusPosition(string ListId, int Index);

/// <summary>The purposes that this issuer keeps bits for.</summary>
internal static class StatusPurpose
{
    public const string Revocation = "revocation";
    public const string Suspension = "suspension";

    /// <summary>The list that tells which credentials were superseded, and by which.</summary>
    public const string Message = "message";

    /// <summary>Whether there is a list of this purpose.</summary>
    public static bool IsKnown(string? purpose) => purpose is Revocation or Suspension or Message;
}
