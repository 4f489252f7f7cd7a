using System.Security.Cryptography;
using Credentials.JsonLd.Canonicalization;

namespace Credentials.JsonLd;

/// <summary>RDF Dataset Canonicalization, RDFC-1.0.</summary>
/// <remarks>https://www.w3.org/TR/rdf-canon/</remarks>
public static class Rdfc10
{
    /// <summary>Steps of Hash N-Degree Quads that are allowed unless the caller says otherwise. A diploma needs none, or a few dozen where it holds items without id that say the same; a second's tenth is spent on as many.</summary>
    public const int DefaultMaxWork = 50_000;

    /// <summary>The canonical form.</summary>
    /// <param name="dataset">The statements.</param>
    /// <param name="hash">SHA-256 or SHA-384.</param>
    /// <param name="maxWork">Steps of Hash N-Degree Quads that are allowed, a step being one call, one statement that it looks at (more for a predicate of more than 512 characters), or one blank node of a permutation that it tries; null: <see cref="DefaultMaxWork"/>. More is <see cref="JsonLdErrorCode.TooMuchWork"/>: a graph made to be as slow as it can.</param>
    /// <exception cref="ArgumentException">Another hash.</exception>
    public static JsonLdResult<CanonicalDataset> Canonicalize(RdfDataset dataset, HashAlgorithmName hash, int? maxWork = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        if (hash != HashAlgorithmName.SHA256 && hash != HashAlgorithmName.SHA384)
        {
            throw new ArgumentException("RDFC-1.0 is made with SHA-256 or SHA-384 here.", nameof(hash));
        }

        using var state = CanonicalizationState.Rent();
        if ((state.Read(dataset, hash) ?? Label(state, maxWork ?? DefaultMaxWork)) is { } error)
        {
            return error;
        }

        // 6. Add the issued identifiers map from the canonical issuer to the canonicalized dataset.
        var labels = new Dictionary<string, string>(state.NodeCount, StringComparer.Ordinal);
        for (int node = 0; node < state.NodeCount; node++)
        {
            labels.Add(state.Table.Labels[node], state.CanonicalOf(node)!);
        }

        // 7. Return the serialized canonical form of the canonicalized dataset.
        return new CanonicalDataset(state.Serialize(), labels);
    }

    // Steps 1 to 3 are done: the state was created, holds quads by blank node, and their hashes of the first degree.
    private static JsonLdError? Label(CanonicalizationState state, int maxWork)
    {
        int[] nodes = new int[state.NodeCount];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = i;
        }

        Array.Sort(nodes, (x, y) => state.FirstDegreeOf(x).SequenceCompareTo(state.FirstDegreeOf(y)));

        // 4. For each hash to identifier list map entry in hash to blank nodes map, code point ordered by hash:
        List<Range> shared = [];
        for (int start = 0, end; start < nodes.Length; start = end)
        {
            for (end = start + 1; end < nodes.Length && state.FirstDegreeOf(nodes[start]).SequenceEqual(state.FirstDegreeOf(nodes[end])); end++)
            {
            }

            // 4.1 If identifier list has more than one entry, continue to the next mapping.
            // 4.2 Use the Issue Identifier algorithm, passing canonical issuer and the single blank node identifier, identifier. 4.3 Remove the map entry for hash.
            if (end - start > 1)
            {
                shared.Add(start..end);
            }
            else
            {
                state.Issue(nodes[start]);
            }
        }

        return shared.Count == 0 ? null : LabelShared(state, nodes, shared, new(maxWork));
    }

    private static JsonLdError? LabelShared(CanonicalizationState state, int[] nodes, List<Range> shared, WorkMeter work)
    {
        var nDegree = new HashNDegree(state, work);

        // 5. For each hash to identifier list map entry in hash to blank nodes map, code point ordered by hash:
        foreach (Range range in shared)
        {
            // 5.1 Create hash path list where each item will be a result of running the Hash N-Degree Quads algorithm.
            List<NDegreeResult> hashPathList = [];

            // 5.2 For each blank node identifier n in identifier list:
            foreach (int n in nodes[range])
            {
                // 5.2.1 If a canonical identifier has already been issued for n, continue to the next blank node identifier.
                if (state.CanonicalOf(n) is not null)
                {
                    continue;
                }

                // 5.2.2 Create temporary issuer, an identifier issuer initialized with the prefix b. 5.2.3 Use the Issue Identifier algorithm, passing temporary issuer and n.
                var temporaryIssuer = new IdentifierIssuer();
                temporaryIssuer.Issue(n);

                // 5.2.4 Run the Hash N-Degree Quads algorithm, and append the result to the hash path list.
                if (nDegree.Run(n, temporaryIssuer) is not { } result)
                {
                    return new(JsonLdErrorCode.TooMuchWork, "The document's unnamed objects are so much alike that telling them apart takes longer than is allowed. Honest documents are not made so; give the objects ids.");
                }

                hashPathList.Add(result);
            }

            // 5.3 For each result in the hash path list, code point ordered by the hash in result:
            foreach (NDegreeResult result in hashPathList.OrderBy(result => result.Hash, StringComparer.Ordinal))
            {
                // 5.3.1 For each blank node identifier, existing identifier, that was issued a temporary identifier by identifier issuer in result, issue a canonical identifier, in the same order.
                foreach (int node in result.Issuer.Order)
                {
                    state.Issue(node);
                }
            }
        }

        return null;
    }
}
