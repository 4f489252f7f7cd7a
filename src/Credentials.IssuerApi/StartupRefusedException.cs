namespace Credentials.IssuerApi;

/// <summary>The program cannot start as things are. The message is a sentence for the operator: what is wrong and what to do.</summary>
internal sealed class StartupRefusedException(string message, Exception? inner = null) : Exception(message, inner);
