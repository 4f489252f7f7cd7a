using System.Text.RegularExpressions;
using Credentials.IssuerApi.Identities;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Succession;

namespace Credentials.IssuerApi.Institutions;

/// <summary>Asks for a new institution.</summary>
/// <param name="Slug">1 to 63 lower-case letters, digits and hyphens; part of its DID for ever.</param>
/// <param name="Name">Its legal name.</param>
/// <param name="Country">ISO 3166-1 alpha-2, in capitals.</param>
internal sealed partial record CreateInstitution(string Slug, string Name, string Country)
{
    public IReadOnlyList<Problem> Validate()
    {
        List<Problem> problems = [];
        if (Slug is null || !SlugPattern().IsMatch(Slug))
        {
            problems.Add(new(ProblemCode.MalformedValueError, "The slug must be 1 to 63 lower-case letters, digits and hyphens, and begin and end with a letter or digit.", "/slug"));
        }

        return [.. problems, .. InstitutionRules.Check(Name, Country)];
    }

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex SlugPattern();
}

/// <summary>What a legal name and a country must be.</summary>
internal static class InstitutionRules
{
    private const int LongestName = 200;

    public static IReadOnlyList<Problem> Check(string? name, string? country)
    {
        List<Problem> problems = [];
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
        {
            problems.Add(new(ProblemCode.MalformedValueError, $"The name must be 1 to {LongestName} characters.", "/name"));
        }

        if (country is not { Length: 2 } || !country.All(char.IsAsciiLetterUpper))
        {
            problems.Add(new(ProblemCode.MalformedValueError, "The country must be two capital letters (ISO 3166-1 alpha-2), such as PT.", "/country"));
        }

        return problems;
    }
}

/// <summary>A new institution.</summary>
/// <param name="Institution">Its slug.</param>
/// <param name="Did">Its DID.</param>
/// <param name="ChainInstitution">Its id in the registry contract, known before the chain has it.</param>
/// <param name="ChainAccount">The account that writes for it and has to be funded.</param>
/// <param name="RegistrarKey">Its first registrar's API key, shown this once.</param>
internal sealed record CreatedInstitution(string Institution, string Did, string ChainInstitution, string ChainAccount, string RegistrarKey);

/// <summary>What anybody may know of an institution.</summary>
/// <param name="Institution">Its slug.</param>
/// <param name="Did">Its DID.</param>
/// <param name="Name">Its legal name.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="ChainInstitution">Its id in the registry.</param>
/// <param name="ChainAccount">The account that writes for it.</param>
/// <param name="Registry">The registry, in CAIP-10.</param>
/// <param name="Ready">Whether the registry has it, its identity and the keys that it signs with, all final: from then on a diploma needs nothing but the chain to prove who signed it.</param>
/// <param name="Registration">How far its creation in the registry has come: queued, submitted, included, safe or finalized.</param>
/// <param name="Identity">Its identity document.</param>
/// <param name="Keys">Its signing keys, the newest first.</param>
/// <param name="Succession">Its successor and predecessors, as far as this issuer was told; absent when there are none.</param>
internal sealed record InstitutionInfo(
    string Institution,
    string Did,
    string Name,
    string Country,
    string ChainInstitution,
    string ChainAccount,
    string Registry,
    bool Ready,
    string? Registration,
    IdentityInfo? Identity,
    IReadOnlyList<KeyInfo> Keys,
    SuccessionInfo? Succession);
