using System.Text.Json;
using Credentials.CredentialTypes;
using Credentials.OpenId;
using Credentials.OpenId.Presentation.Dcql;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>What an employer asks: one of three ready-made questions, or a query of his own.</summary>
/// <param name="Kind">As in the constants here.</param>
/// <param name="Level">The least level of the European Qualifications Framework, for <see cref="LevelKind"/>; 0 otherwise.</param>
/// <param name="Query">The query.</param>
internal sealed record Question(string Kind, int Level, DcqlQuery Query)
{
    /// <summary>A degree of a level or above, and nothing else.</summary>
    public const string LevelKind = "level";

    /// <summary>The degree with its field and date.</summary>
    public const string DegreeKind = "degree";

    /// <summary>The whole diploma, with its holder's name.</summary>
    public const string DiplomaKind = "diploma";

    /// <summary>A query of the asker's own.</summary>
    public const string OwnKind = "dcql";

    public const int LowestLevel = 1;
    public const int HighestLevel = 8;

    private const string Id = "diploma";
    private const string VerifiableCredential = "VerifiableCredential";
    private const string Diploma = "Diploma";
    private const string CredentialsVocabulary = "https://www.w3.org/2018/credentials#";

    // What the word expands to: by the W3C's context for terms that nobody defined, by our own vocabulary, and where no context says anything of it.
    private static readonly string[] s_diplomas = ["https://www.w3.org/ns/credentials/undefined-term#" + Diploma, $"{DiplomaType.Vct}#{Diploma}", Diploma];

    // What the award stands on: without it nobody could tell when it was anchored, and who vouched for the institution then.
    private const string Evidence = "evidence";

    /// <summary>A degree of that level or above.</summary>
    public static Question OfLevel(int level) => new(LevelKind, level, Of(DiplomaCopy(Id,
    [
        [new ClaimsQuery(ClaimsPath.Of("eqf_level")) { Id = "level", Values = [.. Enumerable.Range(level, HighestLevel - level + 1).Select(one => JsonSerializer.SerializeToElement(one))] }, Claim(Evidence)],
    ])));

    /// <summary>The degree: with its field by code and name, by name alone, or without, as the diploma has it.</summary>
    public static Question OfDegree() => new(DegreeKind, 0, Of(DiplomaCopy(Id,
    [
        Claims("eqf_level", "degree_name", "isced_field", "field_name", "award_date", "institution_name", Evidence),
        Claims("eqf_level", "degree_name", "isced_field", "award_date", "institution_name", Evidence),
        Claims("eqf_level", "degree_name", "field_name", "award_date", "institution_name", Evidence),
        Claims("eqf_level", "degree_name", "award_date", "institution_name", Evidence),
        Claims("degree_name", "award_date", "institution_name", Evidence),
    ])));

    /// <summary>The whole diploma, in whichever format of the specification the wallet has it. <c>vc+jwt</c> is of no specification of wallets, and some refuse a whole request that names it: ask for it by a query of your own.</summary>
    public static Question OfDiploma()
    {
        CredentialQuery[] credentials =
        [
            DiplomaCopy(Id,
            [
                Claims("name", "eqf_level", "degree_name", "award_date", "institution_name", "diploma", Evidence),
                Claims("name", "diploma", Evidence),
            ]),
            Whole("diploma_ldp", CredentialFormat.LdpVc),
            Whole("diploma_jwt", CredentialFormat.JwtVcJson),
        ];
        return new(DiplomaKind, 0, new(credentials, [new([.. credentials.Select(one => (string[])[one.Id])])]));
    }

    private static DcqlQuery Of(CredentialQuery credential) => new([credential], []);

    private static CredentialQuery DiplomaCopy(string id, ClaimsQuery[][] combinations)
    {
        ClaimsQuery[] claims = [.. combinations.SelectMany(each => each).DistinctBy(claim => claim.Path)];
        return new(id, CredentialFormat.SdJwtVc)
        {
            VctValues = [DiplomaType.Vct],
            Claims = claims,
            ClaimSets = combinations.Length == 1 ? [] : [.. combinations.Select(each => each.Select(claim => claim.Id!).ToArray())],
        };
    }

    // A diploma and no other credential: by its types fully expanded, and by bare words, which wallets compare that do not expand.
    private static CredentialQuery Whole(string id, string format) => new(id, format)
    {
        TypeValues = [.. s_diplomas.Select(diploma => (string[])[CredentialsVocabulary + VerifiableCredential, diploma]), [VerifiableCredential, Diploma]],
    };

    private static ClaimsQuery[] Claims(params string[] names) => [.. names.Select(Claim)];

    private static ClaimsQuery Claim(string name) => new(ClaimsPath.Of(name)) { Id = name };
}
