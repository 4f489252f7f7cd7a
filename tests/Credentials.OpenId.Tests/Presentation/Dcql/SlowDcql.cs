using System.Text.Json;
using Credentials.OpenId.Presentation.Dcql;

namespace Credentials.OpenId.Tests.Presentation.Dcql;

/// <summary>The query language a second time, slow and obvious: every place of a credential is listed, every combination of options tried.</summary>
internal static class SlowDcql
{
    /// <summary>What a wallet discloses; null when the credential does not answer.</summary>
    public static string[]? Discloses(CredentialQuery query, DcqlCredential credential)
    {
        foreach (ClaimsQuery[] combination in CombinationsOf(query))
        {
            string[][] places = [.. combination.Select(claim => PlacesOf(claim, credential.Json).Where(place => Fits(claim, place.Value)).Select(place => place.Pointer).ToArray())];
            if (Array.TrueForAll(places, each => each.Length > 0))
            {
                return [.. credential.Disclosures.Where(disclosure => places.Any(each => Array.Exists(each, place => Related(disclosure, place))))];
            }
        }

        return null;
    }

    /// <summary>Whether a verifier takes an answer of one presentation for each id.</summary>
    public static bool Takes(DcqlQuery query, IReadOnlyDictionary<string, DcqlCredential> answer)
    {
        if (!answer.All(one => query.Credentials.Any(asked => asked.Id == one.Key)))
        {
            return false;
        }

        foreach ((string id, DcqlCredential shown) in answer)
        {
            CredentialQuery asked = query.Credentials.Single(one => one.Id == id);
            bool fits = CombinationsOf(asked).Any(combination =>
                Array.TrueForAll(combination, claim => PlacesOf(claim, shown.Json).Any(place => Fits(claim, place.Value)))
                && shown.Disclosures.All(disclosure => Array.Exists(combination, claim => PlacesOf(claim, shown.Json).Any(place => Related(disclosure, place.Pointer)))));
            if (!fits)
            {
                return false;
            }
        }

        return Unions(query).Any(union => union.SetEquals(answer.Keys));
    }

    /// <summary>Every set of ids that answers the query.</summary>
    public static IEnumerable<HashSet<string>> Unions(DcqlQuery query)
    {
        IEnumerable<HashSet<string>> unions = [[]];
        if (query.CredentialSets.Count == 0)
        {
            return [[.. query.Credentials.Select(one => one.Id)]];
        }

        foreach (CredentialSetQuery set in query.CredentialSets)
        {
            IReadOnlyList<string>[] options = set.Required ? [.. set.Options] : [.. set.Options, []];
            unions = [.. unions.SelectMany(union => options.Select(option => union.Union(option, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal)))];
        }

        return unions;
    }

    private static IEnumerable<ClaimsQuery[]> CombinationsOf(CredentialQuery query) => query.ClaimSets.Count == 0
        ? [[.. query.Claims]]
        : query.ClaimSets.Select(ids => ids.Select(id => query.Claims.Single(claim => claim.Id == id)).ToArray());

    // Level by level over all places of the document.
    private static List<(string Pointer, JsonElement Value)> PlacesOf(ClaimsQuery claim, JsonElement root)
    {
        List<(string Pointer, JsonElement Value)> at = [("", root)];
        foreach (ClaimsPathStep step in claim.Path.Steps)
        {
            JsonValueKind wanted = step.Name is null ? JsonValueKind.Array : JsonValueKind.Object;
            if (at.Exists(place => place.Value.ValueKind != wanted))
            {
                return [];
            }

            at = [.. at.SelectMany(place => Children(place)).Where(child => step.Name is { } name ? child.Key == name : step.Index is not { } index || child.Key == index.ToString(System.Globalization.CultureInfo.InvariantCulture)).Select(child => (child.Pointer, child.Value))];
        }

        return at;
    }

    private static IEnumerable<(string Key, string Pointer, JsonElement Value)> Children((string Pointer, JsonElement Value) place) => place.Value.ValueKind == JsonValueKind.Object
        ? place.Value.EnumerateObject().Select(member => (member.Name, $"{place.Pointer}/{member.Name}", member.Value))
        : place.Value.EnumerateArray().Select((item, index) => (index.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{place.Pointer}/{index}", item));

    private static bool Fits(ClaimsQuery claim, JsonElement value) => claim.Values.Count == 0 || claim.Values.Any(wanted => wanted.ValueKind == value.ValueKind && wanted.GetRawText() == value.GetRawText());

    private static bool Related(string one, string other) => $"{one}/".StartsWith($"{other}/", StringComparison.Ordinal) || $"{other}/".StartsWith($"{one}/", StringComparison.Ordinal);
}
