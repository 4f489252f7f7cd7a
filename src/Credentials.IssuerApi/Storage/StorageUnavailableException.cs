namespace Credentials.IssuerApi.Storage;

/// <summary>The database cannot do its part now. The message is a sentence for the operator: what is wrong and what to do.</summary>
internal sealed class StorageUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
