using System.Globalization;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.OpenId.Presentation;
using Credentials.OpenId.Presentation.Dcql;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>Reads what an asker wants, from JSON or from the page's form.</summary>
internal static class AskedForReader
{
    /// <summary>From the members of a JSON object.</summary>
    public static Parsed<AskedFor> Read(JsonElement json, RequestSigner signer)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Fault("The body is an object.", "");
        }

        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                texts[member.Name] = member.Value.ToString();
            }
            else if (member.Name != "dcql" && member.Value.ValueKind != JsonValueKind.Null)
            {
                return Fault($"The member {member.Name} has not the right shape.", JsonPointer.Member("", member.Name));
            }
        }

        return Read(texts, json.TryGetProperty("dcql", out JsonElement dcql) ? dcql : null, signer);
    }

    /// <summary>From the fields of the form.</summary>
    public static Parsed<AskedFor> Read(IReadOnlyDictionary<string, string> fields, JsonElement? dcql, RequestSigner signer)
    {
        Parsed<Question> question = ReadQuestion(fields, dcql);
        if (!question.Ok)
        {
            return question.Problem;
        }

        string mode = fields.GetValueOrDefault("mode", "signed");
        string prefix = fields.GetValueOrDefault("clientIdPrefix", signer.Default);
        bool signed = mode == "signed";
        string responseMode = fields.GetValueOrDefault("responseMode", signed ? ResponseMode.DirectPostJwt : ResponseMode.DirectPost);
        string delivery = fields.GetValueOrDefault("delivery", "reference");
        string method = fields.GetValueOrDefault("requestUriMethod", "post");
        return mode is not ("signed" or "unsigned") ? Fault("mode is signed or unsigned.", "/mode")
            : signed && signer.NameOf(prefix) is null ? Fault($"This verifier asks under {string.Join(", ", signer.Prefixes)}.", "/clientIdPrefix")
            : !signed && fields.ContainsKey("clientIdPrefix") && prefix != ClientIdentifier.RedirectUri ? Fault("Unsigned requests are under redirect_uri.", "/clientIdPrefix")
            : responseMode is not (ResponseMode.DirectPost or ResponseMode.DirectPostJwt) ? Fault("responseMode is direct_post or direct_post.jwt.", "/responseMode")
            : delivery is not ("reference" or "value") ? Fault("delivery is reference or value.", "/delivery")
            : method is not ("get" or "post") ? Fault("requestUriMethod is get or post.", "/requestUriMethod")
            : new AskedFor(question.Value, signed ? signer.NameOf(prefix) : null, responseMode, delivery == "value", method == "post");
    }

    private static Parsed<Question> ReadQuestion(IReadOnlyDictionary<string, string> fields, JsonElement? dcql)
    {
        if (dcql is { } own)
        {
            Parsed<DcqlQuery> query = DcqlQuery.Read(own);
            return !query.Ok ? query.Problem with { Pointer = "/dcql" + query.Problem.Pointer }
                : query.Value.CheckAsVerifier() is { } problem ? problem with { Pointer = "/dcql" + problem.Pointer }
                : new Question(Question.OwnKind, 0, query.Value);
        }

        return fields.GetValueOrDefault("query") switch
        {
            Question.LevelKind when int.TryParse(fields.GetValueOrDefault("level", "6"), NumberStyles.None, CultureInfo.InvariantCulture, out int level) && level is >= Question.LowestLevel and <= Question.HighestLevel => Question.OfLevel(level),
            Question.LevelKind => Fault("level is a number from 1 to 8.", "/level"),
            Question.DegreeKind => Question.OfDegree(),
            Question.DiplomaKind => Question.OfDiploma(),
            _ => Fault("query is level, degree or diploma; or give a dcql query of your own.", "/query"),
        };
    }

    private static Problem Fault(string detail, string pointer) => new(PresentationError.InvalidRequest, detail, pointer);
}
