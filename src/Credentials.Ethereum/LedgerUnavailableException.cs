namespace Credentials.Ethereum;

/// <summary>The node could not be asked. Says nothing about what was asked.</summary>
public sealed class LedgerUnavailableException : Exception
{
    /// <summary>With a sentence that names the node and the fault.</summary>
    public LedgerUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>Without a cause.</summary>
    public LedgerUnavailableException()
    {
    }

    /// <summary>With a sentence.</summary>
    public LedgerUnavailableException(string message)
        : base(message)
    {
    }
}
