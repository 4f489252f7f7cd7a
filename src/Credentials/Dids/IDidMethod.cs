namespace Credentials.Dids;

/// <summary>One DID method. To add one: a file in Methods, a row in <see cref="DidResolver"/>.</summary>
public interface IDidMethod
{
    /// <summary>The method's name, such as <c>web</c>.</summary>
    string Name { get; }

    /// <summary>The document of a DID of this method.</summary>
    /// <param name="did">A DID of this method, nothing more.</param>
    /// <param name="options">Only those that are the method's own matter here.</param>
    /// <param name="cancellationToken">Cancels; the only way that this throws, besides misuse.</param>
    Task<DidResolutionResult> ResolveAsync(DidUrl did, DidResolutionOptions options, CancellationToken cancellationToken);
}
