namespace Credentials.Cli;

/// <summary>What the process says when it ends. Scripts lean on these numbers.</summary>
internal static class ExitCode
{
    /// <summary>Verified; or, of commands that verify nothing, done.</summary>
    public const int Verified = 0;

    /// <summary>Rejected; of <c>doctor</c>: a fault was found.</summary>
    public const int Rejected = 1;

    /// <summary>Cannot tell.</summary>
    public const int CannotTell = 2;

    /// <summary>Used wrongly.</summary>
    public const int Misuse = 3;

    /// <summary>Interrupted, as shells number it.</summary>
    public const int Interrupted = 130;
}
