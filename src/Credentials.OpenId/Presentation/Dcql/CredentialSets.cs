namespace Credentials.OpenId.Presentation.Dcql;

/// <summary>Whether the credentials that were given are a combination that the query allows.</summary>
internal static class CredentialSets
{
    /// <summary>More reachable unions than that are not followed: a verifier's own query is never so tangled.</summary>
    private const int MaxUnions = 4096;

    /// <summary>The differences.</summary>
    /// <param name="query">What was asked.</param>
    /// <param name="given">The ids that were answered.</param>
    public static IEnumerable<Problem> Check(DcqlQuery query, IEnumerable<string> given)
    {
        string[] ids = [.. query.Credentials.Select(asked => asked.Id)];
        ulong answered = given.Aggregate(0UL, (mask, id) => mask | MaskOf(ids, id));

        // "If credential_sets is not provided, the Verifier requests presentations for all Credentials in credentials to be returned."
        if (query.CredentialSets.Count == 0)
        {
            return ids.Where(id => (answered & MaskOf(ids, id)) == 0).Select(id => new Problem(AnswerProblem.MissingCredential, $"The credential {id} was asked for and is not there.", "/vp_token"));
        }

        // Of each set the options that were given in full.
        ulong[][] options = [.. query.CredentialSets.Select(set => set.Options.Select(option => option.Aggregate(0UL, (mask, id) => mask | MaskOf(ids, id))).Where(option => (option & ~answered) == 0).Distinct().ToArray())];
        for (int i = 0; i < options.Length; i++)
        {
            if (options[i].Length == 0 && query.CredentialSets[i].Required)
            {
                return [new Problem(AnswerProblem.MissingCredential, $"None of these was given: {string.Join("; ", query.CredentialSets[i].Options.Select(option => string.Join(" with ", option)))}.", "/vp_token")];
            }
        }

        return IsUnion(query.CredentialSets, options, answered) ? []
            : [new Problem(AnswerProblem.SurplusCredential, "More credentials were given than one option of each set.", "/vp_token")];
    }

    // One option of each required set and at most one of the others must make up exactly what was given.
    private static bool IsUnion(IReadOnlyList<CredentialSetQuery> sets, ulong[][] options, ulong answered)
    {
        HashSet<ulong> unions = [0];
        for (int i = 0; i < options.Length; i++)
        {
            var next = unions.SelectMany(union => options[i].Select(option => union | option)).ToHashSet();
            if (!sets[i].Required)
            {
                next.UnionWith(unions);
            }

            unions = next.Count <= MaxUnions ? next : [.. next.OrderByDescending(System.Numerics.BitOperations.PopCount).Take(MaxUnions)];
        }

        return unions.Contains(answered);
    }

    private static ulong MaskOf(string[] ids, string id) => Array.IndexOf(ids, id) is >= 0 and int index ? 1UL << index : 0;
}
