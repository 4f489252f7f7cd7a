namespace Credentials.Cli;

/// <summary>The command line asks for something that cannot be done as asked; the message says what to do instead. Ends with <see cref="ExitCode.Misuse"/>.</summary>
internal sealed class MisuseException(string message) : Exception(message);
