using System.Globalization;
using Credentials.Anchoring;
using Credentials.Evidence;

namespace Credentials.VerifierWeb.Options;

/// <summary>Faults of what the configuration says about accreditors and institutions, and what it comes to without any.</summary>
internal static class AccreditationRules
{
    public static IEnumerable<string> Faults(VerifierOptions options) =>
    [
        .. options.Accreditors.SelectMany((one, index) => Faults(one.Registry, one.Institution, $"Verifier__Accreditors__{Number(index)}__")),
        .. options.Accreditors.Select((one, index) => (one, index)).Where(pair => string.IsNullOrWhiteSpace(pair.one.Name)).Select(pair => $"Verifier__Accreditors__{Number(pair.index)}__Name is missing: set it to what visitors call that accreditor."),
        .. options.Institutions.SelectMany((one, index) => Faults(one.Registry, one.Institution, $"Verifier__Institutions__{Number(index)}__")),
        .. options.Institutions.Select((one, index) => (one, index)).Where(pair => !pair.one.Did.StartsWith("did:", StringComparison.Ordinal)).Select(pair => $"Verifier__Institutions__{Number(pair.index)}__Did must be the DID under which the institution issues."),
        .. options.AccreditationPaths.Where(file => !Read(file).Ok).Select(file => $"Verifier__AccreditationPaths names {file}, which cannot be read: {Read(file).Problem!.Detail}"),
        .. options.Policy is "default" or "require-anchor" or "require-accreditation" or "offline" ? Array.Empty<string>() : ["Verifier__Policy must be default, require-anchor, require-accreditation or offline."],
    ];

    /// <summary>A path of accreditations from a file.</summary>
    public static Parsed<AccreditationPath> Read(string file)
    {
        try
        {
            return AccreditationPath.Parse(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Problem(ProblemCode.ParsingError, e.Message);
        }
    }

    private static IEnumerable<string> Faults(string registry, string institution, string path)
    {
        if (!RegistryAddress.TryParse(registry, out _))
        {
            yield return $"{path}Registry must read eip155:CHAIN:0xCONTRACT.";
        }

        if (!InstitutionId.TryParse(institution, out _))
        {
            yield return $"{path}Institution must be the institution's id in that registry: 0x and 64 hexadecimal digits.";
        }
    }

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);
}
