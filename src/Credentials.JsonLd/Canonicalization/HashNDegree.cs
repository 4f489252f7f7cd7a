using System.Text;

namespace Credentials.JsonLd.Canonicalization;

/// <summary>What Hash N-Degree Quads returns.</summary>
internal sealed record NDegreeResult(string Hash, IdentifierIssuer Issuer);

/// <summary>Tells apart blank nodes whose own statements look alike, by what lies around them. Rare in credentials, so that it is written to be read.</summary>
/// <param name="state">The canonicalization state.</param>
/// <param name="work">How much more may be done.</param>
/// <remarks>https://www.w3.org/TR/rdf-canon/#hash-nd-quads</remarks>
internal sealed class HashNDegree(CanonicalizationState state, WorkMeter work)
{
    /// <summary>The hash of a node and the issuer that found it; null when the work is too much.</summary>
    public NDegreeResult? Run(int identifier, IdentifierIssuer issuer, int depth = 0)
    {
        if (depth >= WorkMeter.MaxDepth)
        {
            return null;
        }

        // 1. Create a new map Hn for relating hashes to related blank nodes.
        SortedDictionary<string, List<int>> hn = new(StringComparer.Ordinal);

        // 2. Get a reference, quads, to the list of quads from the map entry for identifier in the blank node to quads map.
        ReadOnlySpan<int> quads = state.Table.QuadsOf(identifier);
        if (!work.TryTake(1 + quads.Length + LengthsOf(quads)))
        {
            return null;
        }

        // 3. For each quad in quads: 3.1 For each component in quad, where component is the subject, object, or graph name, and it is a blank node that is not identified by identifier: ...
        foreach (int place in quads)
        {
            QuadLine quad = state.Table.Lines[place];
            Relate(hn, identifier, quad.Subject, quad, issuer, 's');
            Relate(hn, identifier, quad.Object, quad, issuer, 'o');
            Relate(hn, identifier, quad.Graph, quad, issuer, 'g');
        }

        // 4. Create an empty string, data to hash.
        var dataToHash = new StringBuilder();

        // 5. For each related hash to blank node list mapping in Hn, code point ordered by related hash:
        foreach ((string relatedHash, List<int> blankNodes) in hn)
        {
            // 5.1 Append the related hash to the data to hash.
            dataToHash.Append(relatedHash);

            // 5.2 to 5.4
            if (Choose([.. blankNodes.Order()], issuer, depth) is not var (chosenPath, chosenIssuer))
            {
                return null;
            }

            // 5.5 Append chosen path to data to hash.
            // 5.6 Replace issuer, by reference, with chosen issuer.
            dataToHash.Append(chosenPath);
            issuer = chosenIssuer;
        }

        // 6. Return issuer and the hash that results from passing data to hash through the hash algorithm.
        return new(state.HashOf(dataToHash.ToString()), issuer);
    }

    // A predicate is hashed as often as a statement is looked at, and it may be long.
    private int LengthsOf(ReadOnlySpan<int> quads)
    {
        int steps = 0;
        foreach (int place in quads)
        {
            steps += state.Table.Lines[place].Predicate.Value.Length / WorkMeter.CharactersInOne;
        }

        return steps;
    }

    // 3.1.1 Set hash to the result of the Hash Related Blank Node algorithm. 3.1.2 Add a mapping of hash to the blank node identifier for component to Hn.
    private void Relate(SortedDictionary<string, List<int>> hn, int identifier, int related, in QuadLine quad, IdentifierIssuer issuer, char position)
    {
        if (related >= 0 && related != identifier)
        {
            string hash = HashRelated(related, quad, issuer, position);
            if (!hn.TryGetValue(hash, out List<int>? list))
            {
                hn.Add(hash, list = []);
            }

            list.Add(related);
        }
    }

    /// <remarks>https://www.w3.org/TR/rdf-canon/#hash-related-blank-node</remarks>
    private string HashRelated(int related, in QuadLine quad, IdentifierIssuer issuer, char position)
    {
        // 1. Initialize a string input to the value of position.
        // 2. If position is not g, append <, the value of the predicate in quad, and > to input.
        string input = position == 'g' ? "g" : $"{position}<{quad.Predicate.Value}>";

        // 3. If there is a canonical identifier for related, or an identifier issued by issuer, append the string _:, followed by that identifier.
        // 4. Otherwise, append the result of the Hash First Degree Quads algorithm, passing related to input.
        // 5. Return the hash that results from passing input through the hash algorithm.
        return state.HashOf(input + (
            state.CanonicalOf(related) is { } canonical ? "_:" + canonical
            : issuer.Has(related) ? "_:" + issuer.Issue(related)
            : Convert.ToHexStringLower(state.FirstDegreeOf(related))));
    }

    private (string Path, IdentifierIssuer Issuer)? Choose(int[] permutation, IdentifierIssuer issuer, int depth)
    {
        // 5.2 Create a string chosen path. 5.3 Create an unset chosen issuer variable.
        string chosenPath = "";
        IdentifierIssuer chosenIssuer = issuer;

        // 5.4 For each permutation p of blank node list:
        do
        {
            if (!work.TryTake(permutation.Length + (issuer.Order.Count / 8)))
            {
                return null;
            }

            // 5.4.1 Create a copy of issuer, issuer copy. 5.4.2 Create a string path.
            var trial = new Trial(chosenPath, issuer.Copy());
            bool skipped = !Walk(permutation, trial) || !Recurse(trial, depth);
            if (trial.TooMuch)
            {
                return null;
            }

            // 5.4.6 If chosen path is empty or path is less than chosen path when considering code point order, set chosen path to path and chosen issuer to issuer copy.
            if (!skipped && (chosenPath.Length == 0 || string.CompareOrdinal(trial.Path.ToString(), chosenPath) < 0))
            {
                (chosenPath, chosenIssuer) = (trial.Path.ToString(), trial.Issuer);
            }
        }
        while (Permutation.Next(permutation));
        return (chosenPath, chosenIssuer);
    }

    // 5.4.4 For each related in p; false to skip to the next permutation.
    private bool Walk(int[] permutation, Trial trial)
    {
        foreach (int related in permutation)
        {
            // 5.4.4.1 If a canonical identifier has been issued for related by canonical issuer, append the string _:, followed by the canonical identifier for related, to path.
            if (state.CanonicalOf(related) is { } canonical)
            {
                trial.Path.Append("_:").Append(canonical);
            }
            else
            {
                // 5.4.4.2.1 If issuer copy has not issued an identifier for related, append related to recursion list.
                if (!trial.Issuer.Has(related))
                {
                    trial.RecursionList.Add(related);
                }

                // 5.4.4.2.2 Use the Issue Identifier algorithm, passing issuer copy and the related, and append the string _:, followed by the result, to path.
                trial.Path.Append("_:").Append(trial.Issuer.Issue(related));
            }

            // 5.4.4.3
            if (trial.IsWorse())
            {
                return false;
            }
        }

        return true;
    }

    // 5.4.5 For each related in recursion list; false to skip to the next permutation.
    private bool Recurse(Trial trial, int depth)
    {
        foreach (int related in trial.RecursionList)
        {
            // 5.4.5.1 Set result to the result of recursively executing the Hash N-Degree Quads algorithm, passing ... related for identifier, and issuer copy for path identifier issuer.
            if (Run(related, trial.Issuer, depth + 1) is not { } result)
            {
                trial.TooMuch = true;
                return false;
            }

            // 5.4.5.2 Use the Issue Identifier algorithm, passing issuer copy and related; append the string _:, followed by the result, to path.
            // 5.4.5.3 Append <, the hash in result, and > to path.
            trial.Path.Append("_:").Append(trial.Issuer.Issue(related)).Append('<').Append(result.Hash).Append('>');

            // 5.4.5.4 Set issuer copy to the identifier issuer in result.
            trial.Issuer = result.Issuer;

            // 5.4.5.5
            if (trial.IsWorse())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One permutation on trial.</summary>
    private sealed class Trial(string chosenPath, IdentifierIssuer issuer)
    {
        public StringBuilder Path { get; } = new();

        /// <summary>5.4.3 Create a recursion list, to store blank node identifiers that must be recursively processed by this algorithm.</summary>
        public List<int> RecursionList { get; } = [];

        public IdentifierIssuer Issuer { get; set; } = issuer;

        public bool TooMuch { get; set; }

        /// <summary>"If chosen path is not empty and the length of path is greater than or equal to the length of chosen path and path is greater than chosen path when considering code point order, then skip to the next permutation p."</summary>
        public bool IsWorse() => chosenPath.Length > 0 && Path.Length >= chosenPath.Length && string.CompareOrdinal(Path.ToString(), chosenPath) > 0;
    }
}
