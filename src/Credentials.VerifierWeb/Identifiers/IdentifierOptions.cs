using Credentials.Dids;

namespace Credentials.VerifierWeb.Identifiers;

/// <summary>The options of a resolution as query parameters. To add one: a row.</summary>
/// <remarks>https://www.w3.org/TR/did-resolution/#did-resolution-options; one that is not known is not passed over: <see cref="ProblemCode.FeatureNotSupported"/>.</remarks>
internal static class IdentifierOptions
{
    private delegate DidResolutionOptions? Apply(DidResolutionOptions options, string value);

    private static readonly Dictionary<string, Apply> Table = new(StringComparer.Ordinal)
    {
        ["accept"] = (options, value) => options with { Accept = value },
        ["expandRelativeUrls"] = (options, value) => bool.TryParse(value, out bool yes) ? options with { ExpandRelativeUrls = yes } : null,
        ["versionId"] = (options, value) => options with { VersionId = value },
        ["versionTime"] = (options, value) => options with { VersionTime = value },
        ["verificationRelationship"] = (options, value) => options with { VerificationRelationship = value },
        ["publicKeyFormat"] = (options, value) => options with { PublicKeyFormat = value },
        ["enableEncryptionKeyDerivation"] = (options, value) => bool.TryParse(value, out bool yes) ? options with { EnableEncryptionKeyDerivation = yes } : null,
        ["enableExperimentalPublicKeyTypes"] = (options, value) => bool.TryParse(value, out bool yes) ? options with { EnableExperimentalPublicKeyTypes = yes } : null,
    };

    public static bool IsOption(string name) => Table.ContainsKey(name);

    public static (DidResolutionOptions Options, Problem? Fault) Read(IEnumerable<(string Name, string Value)> query)
    {
        DidResolutionOptions options = DidResolutionOptions.None;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, string value) in query)
        {
            if (!Table.TryGetValue(name, out Apply? apply))
            {
                return (options, new(ProblemCode.FeatureNotSupported, $"There is no option '{name}' here; there are {string.Join(", ", Table.Keys)}."));
            }

            if (!seen.Add(name) || apply(options, value) is not { } applied)
            {
                return (options, new(ProblemCode.InvalidOptions, $"The option {name} stands twice, or has a value that it cannot have."));
            }

            options = applied;
        }

        return (options, null);
    }
}
