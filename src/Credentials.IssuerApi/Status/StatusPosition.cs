namespace Credentials.IssuerApi.Status;

/// <summary>One entry of a status list: the same index holds for its revocation and its suspension bit.</summary>
internal readonly record struct StatusPosition(string ListId, int Index);

/// <summary>The purposes that this issuer keeps bits for.</summary>
internal static class StatusPurpose
{
    public const string Revocation = "revocation";
    public const string Suspension = "suspension";

    public static bool IsKnown(string? purpose) => purpose is Revocation or Suspension;
}
