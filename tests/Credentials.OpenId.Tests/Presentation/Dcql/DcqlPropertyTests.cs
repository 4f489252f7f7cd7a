using System.Text.Json.Nodes;
using Credentials.OpenId.Presentation.Dcql;
using Credentials.TestKit;
using FsCheck.Fluent;

namespace Credentials.OpenId.Tests.Presentation.Dcql;

/// <summary>The fast evaluator against <see cref="SlowDcql"/>, over random queries and credentials of few names, so that they often meet.</summary>
public sealed class DcqlPropertyTests
{
    private static readonly string[] s_names = ["a", "b", "c"];

    [Fact]
    public void Selects_as_the_slow_evaluator_does() => Randomised.ForAll(Gen.Choose(0, int.MaxValue), seed =>
    {
        Dice chance = new((ulong)seed);
        DcqlQuery query = RandomQuery(chance);
        DcqlCredential held = RandomCredential(chance);
        return query.Credentials.All(asked => (SlowDcql.Discloses(asked, held) is { } slow ? string.Join(' ', slow) : null)
            == (DcqlSelection.Match(asked, held) is { } fast ? string.Join(' ', fast.Disclosures) : null));
    });

    [Fact]
    public void Checks_as_the_slow_evaluator_does() => Randomised.ForAll(Gen.Choose(0, int.MaxValue), seed =>
    {
        Dice chance = new((ulong)seed);
        DcqlQuery query = RandomQuery(chance);
        Dictionary<string, DcqlCredential> answer = RandomAnswer(chance, query);
        return SlowDcql.Takes(query, answer) == (DcqlAnswer.Check(query, Queries.Answer([.. answer.Select(one => (one.Key, one.Value))])).Count == 0);
    }, slice: 1000);

    [Fact]
    public void Takes_what_a_wallet_selects() => Randomised.ForAll(Gen.Choose(0, int.MaxValue), seed =>
    {
        Dice chance = new((ulong)seed);
        DcqlQuery query = RandomQuery(chance);
        DcqlCredential[] held = [.. Enumerable.Range(0, 3).Select(_ => RandomCredential(chance))];
        var selection = DcqlSelection.Of(query, held);

        // Without credentials that share one identity, and only where a choice of options exists that is exact.
        return !selection.CanAnswer || DcqlAnswer.Check(query, Queries.Answer([.. selection.Suggested.Select(id => (id, Shown(selection.Matches[id][0])))])).Count == 0;
    }, slice: 1000);

    [Fact]
    public void The_random_answers_are_of_both_kinds()
    {
        int[] counts = [0, 0];
        for (int seed = 0; seed < 400; seed++)
        {
            Dice chance = new((ulong)seed);
            DcqlQuery query = RandomQuery(chance);
            counts[SlowDcql.Takes(query, RandomAnswer(chance, query)) ? 1 : 0]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 20, 380));
    }

    private static DcqlCredential Shown(DcqlMatch match) => Queries.Shown(match.Credential, match.Disclosures) with { Id = Guid.NewGuid().ToString("N") };

    private static Dictionary<string, DcqlCredential> RandomAnswer(Dice chance, DcqlQuery query)
    {
        Dictionary<string, DcqlCredential> answer = new(StringComparer.Ordinal);
        HashSet<string>[] unions = [.. SlowDcql.Unions(query)];
        IEnumerable<string> ids = chance.Roll(5) == 0 ? query.Credentials.Select(one => one.Id).Where(_ => chance.Roll(2) == 0) : unions[chance.Roll(unions.Length)];
        foreach (string id in ids)
        {
            // As a wallet would show it, with a disclosure too many or too few now and then.
            CredentialQuery asked = query.Find(id)!;
            DcqlCredential held = RandomCredential(chance);
            for (int i = 0; i < 20 && SlowDcql.Discloses(asked, held) is null; i++)
            {
                held = RandomCredential(chance);
            }

            HashSet<string> chosen = [.. SlowDcql.Discloses(asked, held) ?? []];
            foreach (string pointer in held.Disclosures.Where(_ => chance.Roll(8) == 0))
            {
                if (!chosen.Remove(pointer))
                {
                    chosen.Add(pointer);
                }
            }

            // What hangs on a disclosure that is not there is not there either.
            chosen.RemoveWhere(pointer => held.Disclosures.Any(above => pointer.StartsWith(above + "/", StringComparison.Ordinal) && !chosen.Contains(above)));
            answer[id] = Queries.Shown(held, chosen);
        }

        return answer;
    }

    private static DcqlQuery RandomQuery(Dice chance)
    {
        CredentialQuery[] credentials = [.. Enumerable.Range(0, 1 + chance.Roll(3)).Select(i => RandomCredentialQuery(chance, $"q{i}"))];
        IReadOnlyList<IReadOnlyList<string>> Options() => [.. Enumerable.Range(0, 1 + chance.Roll(3)).Select(_ => credentials.Select(one => one.Id).Where(_ => chance.Roll(2) == 0).DefaultIfEmpty(credentials[0].Id).ToArray())];
        CredentialSetQuery[] sets = chance.Roll(2) == 0 ? [] : [.. Enumerable.Range(0, 1 + chance.Roll(3)).Select(_ => new CredentialSetQuery(Options(), chance.Roll(3) > 0))];

        // Through its text, so that reader and writer are in it.
        return DcqlQuery.Parse(new DcqlQuery(credentials, sets).ToUtf8()).Require();
    }

    private static CredentialQuery RandomCredentialQuery(Dice chance, string id)
    {
        ClaimsQuery[] claims = [.. Enumerable.Range(0, chance.Roll(4)).Select(i => new ClaimsQuery(RandomPath(chance)) { Id = $"c{i}", Values = chance.Roll(3) > 0 ? [] : [Number(chance), Number(chance)] })];
        IReadOnlyList<IReadOnlyList<string>> sets = claims.Length == 0 || chance.Roll(2) == 0 ? [] : [.. Enumerable.Range(0, 1 + chance.Roll(3)).Select(_ => claims.Select(claim => claim.Id!).Where(_ => chance.Roll(2) == 0).DefaultIfEmpty("c0").ToArray())];
        return new(id, CredentialFormat.SdJwtVc) { Claims = claims, ClaimSets = sets };
    }

    private static ClaimsPath RandomPath(Dice chance)
    {
        JsonArray path = [s_names[chance.Roll(3)]];
        for (int i = chance.Roll(3); i > 0; i--)
        {
            path.Add(chance.Roll(6) switch
            {
                0 => null,
                1 => JsonValue.Create(chance.Roll(2)),
                _ => JsonValue.Create(s_names[chance.Roll(3)]),
            });
        }

        return ClaimsPath.Read(System.Text.Json.JsonSerializer.SerializeToElement(path), "").Require();
    }

    private static DcqlCredential RandomCredential(Dice chance)
    {
        List<string> disclosures = [];
        var json = (JsonObject)RandomValue(chance, "", 0, disclosures);
        return Queries.Credential(json.ToJsonString(), [.. disclosures]);
    }

    // Elements of arrays are always there: withholding one moves the others.
    private static JsonNode RandomValue(Dice chance, string pointer, int depth, List<string> disclosures)
    {
        int kind = depth == 0 ? 0 : depth > 2 ? 3 : chance.Roll(4);
        if (kind <= 1)
        {
            JsonObject json = [];
            foreach (string name in s_names.Where(_ => chance.Roll(3) > 0))
            {
                string at = $"{pointer}/{name}";
                if (chance.Roll(3) > 0)
                {
                    disclosures.Add(at);
                }

                json[name] = RandomValue(chance, at, depth + 1, disclosures);
            }

            return json;
        }

        return kind == 2 ? new JsonArray([.. Enumerable.Range(0, chance.Roll(3)).Select(i => RandomValue(chance, $"{pointer}/{i}", depth + 1, disclosures))]) : JsonValue.Create(chance.Roll(3));
    }

    private static System.Text.Json.JsonElement Number(Dice chance) => System.Text.Json.JsonSerializer.SerializeToElement(chance.Roll(3));
}
