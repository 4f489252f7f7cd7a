using System.Text.RegularExpressions;

namespace Credentials.IssuerApi.Institutions;

/// <summary>Asks for a new institution.</summary>
/// <param name="Slug">1 to 63 lower-case letters, digits and hyphens; part of its DID for ever.</param>
/// <param name="Name">Its legal name.</param>
/// <param name="Country">ISO 3166-1 alpha-2, in capitals.</param>
internal sealed partial record CreateInstitution(string Slug, string Name, string Country)
{
    private const int LongestName = 200;

    public IReadOnlyList<Problem> Validate()
    {
        List<Problem> problems = [];
        if (Slug is null || !SlugPattern().IsMatch(Slug))
        {
            problems.Add(new(ProblemCode.MalformedValueError, "The slug must be 1 to 63 lower-case letters, digits and hyphens, and begin and end with a letter or digit.", "/slug"));
        }

        if (string.IsNullOrWhiteSpace(Name) || Name.Length > LongestName || Name.Any(char.IsControl))
        {
            problems.Add(new(ProblemCode.MalformedValueError, $"The name must be 1 to {LongestName} characters.", "/name"));
        }

        if (Country is not { Length: 2 } || !Country.All(char.IsAsciiLetterUpper))
        {
            problems.Add(new(ProblemCode.MalformedValueError, "The country must be two capital letters (ISO 3166-1 alpha-2), such as PT.", "/country"));
        }

        return problems;
    }

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex SlugPattern();
}

/// <summary>A new institution.</summary>
/// <param name="Institution">Its slug.</param>
/// <param name="Did">Its DID.</param>
/// <param name="ChainInstitution">Its id in the registry contract, known before the chain has it.</param>
/// <param name="ChainAccount">The account that writes for it and has to be funded.</param>
/// <param name="RegistrarKey">Its first registrar's API key, shown this once.</param>
internal sealed record CreatedInstitution(string Institution, string Did, string ChainInstitution, string ChainAccount, string RegistrarKey);

/// <summary>What anybody may know of an institution.</summary>
internal sealed record InstitutionInfo(string Institution, string Did, string Name, string Country, string ChainInstitution, string ChainAccount, string Registry);
