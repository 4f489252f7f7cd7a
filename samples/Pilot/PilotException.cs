namespace Credentials.Pilot;

/// <summary>Something that stops the pilot, in words that say what to do.</summary>
internal sealed class PilotException : Exception
{
    public PilotException()
    {
    }

    public PilotException(string message)
        : base(message)
    {
    }

    public PilotException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
