namespace Credentials.OpenId.Presentation.Dcql;

/// <summary>One credential that answers one credential query, and what of it is shown: no more than was asked.</summary>
/// <param name="Query">The query.</param>
/// <param name="Credential">The credential.</param>
/// <param name="Claims">Pointers to the claims that were asked for.</param>
/// <param name="Disclosures">Pointers for <see cref="Jose.SdJwt.Present"/>; empty for a format that withholds nothing, which is shown whole.</param>
public sealed record DcqlMatch(CredentialQuery Query, DcqlCredential Credential, IReadOnlyList<string> Claims, IReadOnlyList<string> Disclosures);

/// <summary>One use for which credentials are asked, and the options that this wallet can give.</summary>
/// <param name="Required">Whether one must be given.</param>
/// <param name="Options">Sets of ids of credential queries, the preferred one first.</param>
public sealed record DcqlChoice(bool Required, IReadOnlyList<IReadOnlyList<string>> Options);

/// <summary>What a wallet can answer to a query.</summary>
/// <param name="Matches">The credentials that answer each credential query, by its id; empty lists for none.</param>
/// <param name="Choices">The uses; one that requires everything where the query has no credential sets.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-selecting-claims-and-creden</remarks>
public sealed record DcqlSelection(IReadOnlyDictionary<string, IReadOnlyList<DcqlMatch>> Matches, IReadOnlyList<DcqlChoice> Choices)
{
    /// <summary>Whether every required use can be answered. "If the Wallet cannot deliver all non-optional Credentials […], it MUST NOT return any Credential(s)."</summary>
    public bool CanAnswer => Choices.All(choice => !choice.Required || choice.Options.Count > 0) && Suggested.Count > 0;

    /// <summary>The ids to answer unless the holder chooses otherwise: the preferred option of each required use, and nothing optional.</summary>
    public IReadOnlyList<string> Suggested => [.. Choices.Where(choice => choice.Required).SelectMany(choice => choice.Options.Count > 0 ? choice.Options[0] : []).Distinct(StringComparer.Ordinal)];

    /// <summary>Selects among the credentials that a wallet holds.</summary>
    public static DcqlSelection Of(DcqlQuery query, IReadOnlyList<DcqlCredential> held)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(held);
        var matches = query.Credentials.ToDictionary(
            asked => asked.Id,
            asked => (IReadOnlyList<DcqlMatch>)[.. held.Select(credential => Match(asked, credential)).OfType<DcqlMatch>()],
            StringComparer.Ordinal);

        // "If credential_sets is not provided, the Verifier requests presentations for all Credentials in credentials to be returned."
        IEnumerable<CredentialSetQuery> sets = query.CredentialSets.Count > 0 ? query.CredentialSets : [new([[.. query.Credentials.Select(asked => asked.Id)]])];
        return new(matches, [.. sets.Select(set => new DcqlChoice(set.Required, [.. set.Options.Where(option => option.All(id => matches[id].Count > 0))]))]);
    }

    /// <summary>What a credential shows in answer to a query; null when it does not answer it.</summary>
    public static DcqlMatch? Match(CredentialQuery query, DcqlCredential credential)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(credential);
        if (credential.Differs(query, "") is not null)
        {
            return null;
        }

        // "the Wallet SHOULD return the first option that it can satisfy"; without claim_sets there is one.
        foreach (IReadOnlyList<ClaimsQuery> combination in query.Combinations)
        {
            IReadOnlyList<string>[] found = [.. combination.Select(claim => ClaimsMatch.Find(claim, credential.Json))];
            if (Array.TrueForAll(found, pointers => pointers.Count > 0))
            {
                string[] claims = [.. found.SelectMany(pointers => pointers).Distinct(StringComparer.Ordinal)];
                return new(query, credential, claims, [.. credential.Disclosures.Where(disclosure => claims.Any(claim => ClaimsMatch.IsOnTheWay(disclosure, claim)))]);
            }
        }

        return null;
    }
}
