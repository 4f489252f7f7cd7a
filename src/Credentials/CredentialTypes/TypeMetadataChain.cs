namespace Credentials.CredentialTypes;

/// <summary>Brings a type and what it extends into one description.</summary>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-sd-jwt-vc-19.html#name-extending-type-metadata</remarks>
public static class TypeMetadataChain
{
    /// <summary>More types than that in one line of descent are refused.</summary>
    public const int MaxDepth = 8;

    /// <summary>Retrieves the documents of a type and of all that it extends, holds each against its integrity metadata, and merges them.</summary>
    /// <param name="vct">The type.</param>
    /// <param name="integrity">The <c>vct#integrity</c> of the credential; null when it has none.</param>
    /// <param name="retrieve">Gets the document of a type, or the problem that there was.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<Parsed<TypeMetadata>> ResolveAsync(string vct, string? integrity, Func<string, CancellationToken, Task<Parsed<byte[]>>> retrieve, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(vct);
        ArgumentNullException.ThrowIfNull(retrieve);
        IntegrityMetadata? expected = null;
        if (integrity is not null)
        {
            Parsed<IntegrityMetadata> read = IntegrityMetadata.Parse(integrity);
            if (!read.Ok)
            {
                return read.Problem;
            }

            expected = read.Value;
        }

        var line = new List<TypeMetadata>();
        for (string? next = vct; next is not null;)
        {
            // "Consumers MUST detect such circular dependencies and reject the credential."
            if (line.Exists(type => type.Vct == next))
            {
                return Fault($"The type {next} extends itself, by way of others.");
            }

            if (line.Count == MaxDepth)
            {
                return Fault($"The type extends more than {MaxDepth - 1} others.");
            }

            Parsed<TypeMetadata> type = await ReadAsync(next, expected, retrieve, cancellationToken).ConfigureAwait(false);
            if (!type.Ok)
            {
                return type.Problem;
            }

            line.Add(type.Value);
            (next, expected) = (type.Value.Extends, type.Value.ExtendsIntegrity);
        }

        return Merge(line);
    }

    private static async Task<Parsed<TypeMetadata>> ReadAsync(string vct, IntegrityMetadata? expected, Func<string, CancellationToken, Task<Parsed<byte[]>>> retrieve, CancellationToken cancellationToken)
    {
        Parsed<byte[]> document = await retrieve(vct, cancellationToken).ConfigureAwait(false);
        if (!document.Ok)
        {
            return document.Problem;
        }

        // "If verification fails ... the retrieved document MUST be rejected and MUST NOT be processed further."
        if (expected?.Matches(document.Value) == false)
        {
            return Fault($"The document of the type {vct} is another one than is meant: it has not the digest that was named.");
        }

        // "A Consumer retrieving Type Metadata MUST ensure that the vct value in the SD-JWT VC payload is identical to the vct value in the reference to the Type Metadata".
        Parsed<TypeMetadata> type = TypeMetadata.Parse(document.Value);
        return type.Ok && type.Value.Vct != vct ? Fault($"The document of the type {vct} describes another one.") : type;
    }

    // From the oldest ancestor down; the child's own words come last.
    private static Parsed<TypeMetadata> Merge(List<TypeMetadata> line)
    {
        TypeMetadata merged = line[^1];
        for (int i = line.Count - 2; i >= 0; i--)
        {
            TypeMetadata child = line[i];
            List<ClaimMetadata> claims = [.. merged.Claims];
            foreach (ClaimMetadata own in child.Claims)
            {
                int at = claims.FindIndex(claim => claim.Path.Equals(own.Path));
                if (at < 0)
                {
                    claims.Add(own);
                }
                else if (FaultIn(claims[at], own) is { } fault)
                {
                    return Fault(fault);
                }
                else
                {
                    // "the child type's properties are combined with those of the extended type, with the child type's properties taking precedence."
                    claims[at] = new(own.Path)
                    {
                        Display = own.Display ?? claims[at].Display,
                        Mandatory = own.Mandatory ?? claims[at].Mandatory,
                        Disclosure = own.Disclosure ?? claims[at].Disclosure,
                        SvgId = own.SvgId ?? claims[at].SvgId,
                    };
                }
            }

            // "the display metadata remains valid for the inheriting type unless that type defines its own display property".
            merged = child with { Display = child.Display ?? merged.Display, Claims = claims };
        }

        return merged;
    }

    // "it MUST NOT change a claim that is marked as always or never in the extended type to a different value"; "it MUST NOT change a claim that is mandatory in the extended type to false".
    private static string? FaultIn(ClaimMetadata parent, ClaimMetadata child) =>
        parent.Disclosure is ClaimDisclosure.Always or ClaimDisclosure.Never && child.Disclosure is { } sd && sd != parent.Disclosure ? $"The type takes back what the type that it extends says of {child.Path}: whether it is selectively disclosable."
        : parent.Mandatory == true && child.Mandatory == false ? $"The type takes back what the type that it extends says of {child.Path}: that it is mandatory."
        : null;

    private static Problem Fault(string detail) => new(ProblemCode.MalformedValueError, detail);
}
