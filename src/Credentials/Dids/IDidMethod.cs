namespace Credentials.Dids;

/// <summary>One DID method. To add one: a file in Methods, a row in <see cref="DidResolver"/>.</summary>
public interface IDidMethod
{
    /// <summary>The method's name, such as <c>web</c>.</summary>
    string Name { get; }

    /// <summary>The document of a DID of this method.</summary>
    Task<Parsed<DidDocument>> ResolveAsync(DidUrl did, CancellationToken cancellationToken);
}
