using Credentials.Encoding;

namespace Credentials.OpenId.Presentation.Dcql;

/// <summary>The verifier's look at an answer: is it what was asked, neither less nor more nor other? The signatures are verified elsewhere, and first.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-vp-token-validation</remarks>
public static class DcqlAnswer
{
    /// <summary>Every difference between answer and query, with a code of <see cref="AnswerProblem"/>; empty when there is none. Pointers go through <c>/vp_token</c>, and through the credential to a claim.</summary>
    /// <param name="query">What was asked.</param>
    /// <param name="answer">What was presented, by the id of the credential query.</param>
    public static IReadOnlyList<Problem> Check(DcqlQuery query, IReadOnlyDictionary<string, IReadOnlyList<DcqlCredential>> answer)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(answer);
        List<Problem> problems = [];
        foreach ((string id, IReadOnlyList<DcqlCredential> presented) in answer)
        {
            string pointer = JsonPointer.Member("/vp_token", id);
            if (query.Find(id) is not { } asked)
            {
                problems.Add(new(AnswerProblem.SurplusCredential, $"The query asks for nothing under the id {id}.", pointer));
                continue;
            }

            // "When multiple is omitted, or set to false, the array MUST contain only one Presentation."
            if (presented.Count == 0 || (presented.Count > 1 && !asked.Multiple))
            {
                problems.Add(presented.Count == 0
                    ? new(AnswerProblem.MissingCredential, "An empty array stands for nothing.", pointer)
                    : new(AnswerProblem.SurplusCredential, "One credential was asked for, and several given.", pointer));
            }

            problems.AddRange(presented.Select((credential, index) => CheckOne(query, asked, credential, answer, JsonPointer.Item(pointer, index))).OfType<Problem>());
        }

        return [.. problems, .. CredentialSets.Check(query, answer.Keys)];
    }

    private static Problem? CheckOne(DcqlQuery query, CredentialQuery asked, DcqlCredential credential, IReadOnlyDictionary<string, IReadOnlyList<DcqlCredential>> answer, string pointer)
    {
        if (credential.Differs(asked, pointer) is { } other)
        {
            return other;
        }

        // "A Single Presentation of a Credential MAY contain more than the claims selected in the particular DCQL Credential Query if the same Credential is selected with the additional claims in a separate Credential Query in the same request".
        ClaimsQuery[] elsewhere = [.. query.Credentials.Where(one => one.Id != asked.Id && answer.TryGetValue(one.Id, out IReadOnlyList<DcqlCredential>? shown) && shown.Any(same => same.Id == credential.Id)).SelectMany(one => one.Claims)];

        // Any option of claim_sets will do: which one is the holder's choice.
        Problem? first = null;
        foreach (IReadOnlyList<ClaimsQuery> combination in asked.Combinations)
        {
            Problem? problem = Missing(combination, credential, pointer) ?? Surplus([.. combination, .. elsewhere], credential, pointer);
            if (problem is null)
            {
                return null;
            }

            // Of several options the one that was given, with something besides, says more than one that was not given.
            first = first is null || (first.Code != AnswerProblem.SurplusClaim && problem.Code == AnswerProblem.SurplusClaim) ? problem : first;
        }

        return first;
    }

    private static Problem? Missing(IReadOnlyList<ClaimsQuery> claims, DcqlCredential credential, string pointer)
    {
        foreach (ClaimsQuery claim in claims)
        {
            if (ClaimsMatch.Find(claim, credential.Json).Count == 0)
            {
                string at = claim.Path.Steps.Aggregate(pointer, (way, step) => JsonPointer.Member(way, step.Name ?? step.Index?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "*"));
                return claim.Path.Select(credential.Json).Count == 0
                    ? new(AnswerProblem.MissingClaim, $"The claim {claim.Path} was asked for and is not there.", at)
                    : new(AnswerProblem.WrongValue, $"The claim {claim.Path} has none of the values that were asked for.", at);
            }
        }

        return null;
    }

    // Of several elements that a path selects, those were asked for that have one of its values.
    private static Problem? Surplus(ClaimsQuery[] claims, DcqlCredential credential, string pointer)
    {
        string[] asked = [.. claims.SelectMany(claim => ClaimsMatch.Find(claim, credential.Json))];
        return credential.Disclosures.FirstOrDefault(disclosure => !Array.Exists(asked, claim => ClaimsMatch.IsOnTheWay(disclosure, claim))) is { } surplus
            ? new(AnswerProblem.SurplusClaim, $"The claim {surplus[1..].Replace('/', '.')} was disclosed, and nobody asked for it.", pointer + surplus)
            : null;
    }
}
