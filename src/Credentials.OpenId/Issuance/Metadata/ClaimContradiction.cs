namespace Credentials.OpenId.Issuance.Metadata;

/// <summary>Tells whether descriptions of claims contradict or repeat each other: whoever reads such ones stops.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#claims-description-processing</remarks>
internal sealed class ClaimContradiction
{
    private readonly Dictionary<object, ClaimContradiction> _children = [];
    private ClaimContradiction? _every;
    private bool _isDescribed;

    /// <summary>Whether one of them does.</summary>
    public static bool IsIn(IEnumerable<ClaimDescription> claims)
    {
        ClaimContradiction root = new();
        return claims.Any(claim => !root.Add(claim.Path));
    }

    private bool Add(IReadOnlyList<object?> path)
    {
        ClaimContradiction here = this;
        foreach (object? step in path)
        {
            if (here.Contradicts(step))
            {
                return false;
            }

            here = step is null ? here._every ??= new() : here._children.TryGetValue(step, out ClaimContradiction? known) ? known : here._children[step] = new();
        }

        // "the same claim is addressed by two or more claims description objects in the claims array"
        bool isNew = !here._isDescribed;
        here._isDescribed = true;
        return isNew;
    }

    // All children are of one kind, for another kind would have been a contradiction: looking at the first is enough.
    private bool Contradicts(object? step) => step switch
    {
        // "a path that addresses a set of claims in an array (using null) and another object that uses a non-negative integer to address a specific claim in the same array"
        null => _children.Count > 0,

        // "that a certain claim is an array (implied by using null or a non-negative integer in the path), and another object indicating that the same claim is an object (implied by using a string)"
        string => _every is not null || _children.Keys.FirstOrDefault() is int,
        _ => _every is not null || _children.Keys.FirstOrDefault() is string,
    };
}
