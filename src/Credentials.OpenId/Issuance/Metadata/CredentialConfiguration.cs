using System.Text.Json;
using Credentials.OpenId.Messages;

namespace Credentials.OpenId.Issuance.Metadata;

/// <summary>One way in which an issuer issues a credential.</summary>
/// <param name="Format">Such as those in <see cref="CredentialFormat"/>; wallets pass over what they do not know.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#credential-issuer-parameters</remarks>
public sealed record CredentialConfiguration(string Format)
{
    private const string Code = IssuanceError.InvalidMetadata;

    /// <summary>The scope that asks for it.</summary>
    public string? Scope { get; init; }

    /// <summary>By which algorithms, or suites, the issuer signs it.</summary>
    public IReadOnlyList<string> SigningAlgorithms { get; init; } = [];

    /// <summary>How keys are named that it is bound to; none when it is not bound.</summary>
    public IReadOnlyList<string> BindingMethods { get; init; } = [];

    /// <summary>The algorithms of <c>jwt</c> key proofs; none when it is not bound.</summary>
    public IReadOnlyList<string> ProofAlgorithms { get; init; } = [];

    /// <summary>Whether the issuer wants keys attested.</summary>
    public bool KeyAttestationRequired { get; init; }

    /// <summary>The <c>vct</c> of an SD-JWT VC.</summary>
    public string? CredentialType { get; init; }

    /// <summary>The types of a W3C credential.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>The contexts of a W3C credential by Data Integrity, those that are URLs.</summary>
    public IReadOnlyList<string> Contexts { get; init; } = [];

    /// <summary>How it is shown.</summary>
    public IReadOnlyList<DisplayProperties> Display { get; init; } = [];

    /// <summary>Its claims, in the order in which they are shown.</summary>
    public IReadOnlyList<ClaimDescription> Claims { get; init; } = [];

    internal static Parsed<CredentialConfiguration> Read(JsonElement json, string at)
    {
        ObjectReader reader = new(json, Code, at);
        string format = reader.Required("format");
        ObjectReader? definition = reader.Has("credential_definition", out JsonElement object_) ? new(object_, Code, at + "/credential_definition") : null;

        // The drafts had display and claims beside the format; 1.0 has them in credential_metadata.
        ObjectReader shown = reader.Has("credential_metadata", out JsonElement metadata) ? new(metadata, Code, at + "/credential_metadata") : reader;
        (IReadOnlyList<string> proofAlgorithms, bool attested) = ReadProofTypes(reader, at);
        CredentialConfiguration configuration = new(format)
        {
            Scope = reader.Optional("scope"),
            SigningAlgorithms = ReadAlgorithms(reader),
            BindingMethods = reader.Texts("cryptographic_binding_methods_supported"),
            ProofAlgorithms = proofAlgorithms,
            KeyAttestationRequired = attested,
            CredentialType = reader.Optional("vct"),
            Types = definition?.Texts("type") ?? [],
            Contexts = definition?.Has("@context", out JsonElement contexts) == true && contexts.ValueKind == JsonValueKind.Array
                ? [.. contexts.EnumerateArray().Where(context => context.ValueKind == JsonValueKind.String).Select(context => context.GetString()!)]
                : [],
            Display = shown.Objects("display", DisplayProperties.Read),
            Claims = shown.Has("claims", out JsonElement claims) && claims.ValueKind == JsonValueKind.Array ? shown.Objects("claims", ClaimDescription.Read) : [],
        };
        if (DisplayProperties.HasLanguageTwice(configuration.Display))
        {
            shown.Fault("it has a language twice", "display");
        }

        // "When a repeated or contradictory claim description is provided, the processing MUST be aborted."
        if (ClaimContradiction.IsIn(configuration.Claims))
        {
            shown.Fault("a claim is described twice, or as different things", "claims");
        }

        return (shown.Problem ?? definition?.Problem) is { } problem ? problem : reader.Or(() => configuration);
    }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("format", Format);
        writer.Member("scope", Scope);
        writer.Member("credential_signing_alg_values_supported", SigningAlgorithms);
        writer.Member("cryptographic_binding_methods_supported", BindingMethods);
        if (ProofAlgorithms.Count > 0)
        {
            writer.Object("proof_types_supported", () => writer.Object(CredentialRequest.JwtProof, () => writer.Member("proof_signing_alg_values_supported", ProofAlgorithms)));
        }

        writer.Member("vct", CredentialType);
        if (Types.Count > 0)
        {
            writer.Object("credential_definition", () =>
            {
                writer.Member("@context", Contexts);
                writer.Member("type", Types);
            });
        }

        if (Display.Count > 0 || Claims.Count > 0)
        {
            writer.Object("credential_metadata", () =>
            {
                writer.Objects("display", Display, one => one.Write(writer));
                writer.Objects("claims", Claims, one => one.Write(writer));
            });
        }
    }

    private static (IReadOnlyList<string> Algorithms, bool Attested) ReadProofTypes(ObjectReader reader, string at)
    {
        if (!reader.Has("proof_types_supported", out JsonElement types))
        {
            return ([], false);
        }

        ObjectReader byType = new(types, Code, at + "/proof_types_supported");
        if (!byType.Has(CredentialRequest.JwtProof, out JsonElement jwt))
        {
            return ([], false);
        }

        ObjectReader proof = new(jwt, Code, at + "/proof_types_supported/jwt");
        IReadOnlyList<string> algorithms = proof.Texts("proof_signing_alg_values_supported", required: true);
        if (proof.Problem is not null)
        {
            reader.Fault("its jwt cannot be read", "proof_types_supported");
        }

        return (algorithms, proof.Has("key_attestations_required", out _));
    }

    // Those of mdocs are numbers; only texts matter here.
    private static IReadOnlyList<string> ReadAlgorithms(ObjectReader reader) =>
        reader.Has("credential_signing_alg_values_supported", out JsonElement values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)]
            : [];
}
