using Credentials.Anchoring;
using Credentials.Ethereum.Registry;

namespace Credentials.Ethereum;

/// <summary>What is asked of the registry in one call, as the contract's <c>Query</c> has it: zero, or an empty path, for what is not asked.</summary>
/// <param name="Institution">The institution.</param>
/// <param name="Root">A root that it may have anchored.</param>
/// <param name="Handle">A handle that it may have revoked.</param>
public sealed record LookupQuery(InstitutionId Institution, MerkleRoot Root = default, RegistryHandle Handle = default)
{
    private readonly IReadOnlyList<AccreditationLink> _path = [];

    /// <summary>The id of a key, as <see cref="CredentialRegistryContract.KeyIdOf"/> gives it.</summary>
    public Bytes32 Key { get; init; }

    /// <summary>An identity that the institution may have had.</summary>
    public IdentityHash Identity { get; init; }

    /// <summary>Accreditations, in any order.</summary>
    /// <exception cref="ArgumentException">More than <see cref="AccreditationLink.MaxPath"/>, which the contract refuses.</exception>
    public IReadOnlyList<AccreditationLink> Path
    {
        get => _path;
        init => _path = value is { Count: <= AccreditationLink.MaxPath }
            ? value
            : throw new ArgumentException($"A path has at most {AccreditationLink.MaxPath} links.", nameof(value));
    }

    /// <summary>The same question in the contract's words.</summary>
    /// <exception cref="ArgumentException">The path is too long.</exception>
    public static LookupQuery Of(RegistryQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new(query.Institution, query.Root ?? default, query.Handle ?? default)
        {
            Key = query.VerificationMethod is { } method ? CredentialRegistryContract.KeyIdOf(method) : default,
            Identity = query.Identity ?? default,
            Path = query.Path,
        };
    }
}
