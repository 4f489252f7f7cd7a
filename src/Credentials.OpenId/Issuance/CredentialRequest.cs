using System.Text.Json;
using Credentials.OpenId.Messages;

namespace Credentials.OpenId.Issuance;

/// <summary>A credential request. One nonce serves all its proofs.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#credential-request</remarks>
public sealed record CredentialRequest
{
    /// <summary>The proof type that is known here.</summary>
    public const string JwtProof = "jwt";

    private const string Code = IssuanceError.InvalidCredentialRequest;

    /// <summary>The data set that is asked for, where the token response gave identifiers.</summary>
    public string? CredentialIdentifier { get; init; }

    /// <summary>The configuration that is asked for, where it did not.</summary>
    public string? ConfigurationId { get; init; }

    /// <summary>The key proofs, each a JWT; empty when none was sent.</summary>
    public IReadOnlyList<string> Proofs { get; init; } = [];

    /// <summary>How the answer is to be encrypted; null for not at all.</summary>
    public ResponseEncryption? ResponseEncryption { get; init; }

    /// <summary>Reads the body. The single <c>proof</c> of the drafts is read as an array of one.</summary>
    public static Parsed<CredentialRequest> Read(ReadOnlyMemory<byte> utf8) => MessageText.Read<CredentialRequest>(utf8, Code, json =>
    {
        ObjectReader reader = new(json, Code);
        string? identifier = reader.Optional("credential_identifier");
        string? configuration = reader.Optional("credential_configuration_id");
        if (identifier is null == configuration is null)
        {
            reader.Fault("it names either a credential_identifier or a credential_configuration_id", null);
        }

        ResponseEncryption? encryption = reader.Object("credential_response_encryption", OpenId.Issuance.ResponseEncryption.Read);
        if (reader.Problem is { } problem)
        {
            return problem;
        }

        Parsed<IReadOnlyList<string>> proofs = ReadProofs(reader);
        return !proofs.Ok ? proofs.Problem : new CredentialRequest
        {
            CredentialIdentifier = identifier,
            ConfigurationId = configuration,
            Proofs = proofs.Value,
            ResponseEncryption = encryption,
        };
    });

    /// <summary>Writes the body, in the shape of 1.0.</summary>
    public byte[] Write() => MessageText.Write(writer =>
    {
        writer.Member("credential_identifier", CredentialIdentifier);
        writer.Member("credential_configuration_id", ConfigurationId);
        if (Proofs.Count > 0)
        {
            writer.Object("proofs", () => writer.Member(JwtProof, Proofs));
        }

        ResponseEncryption?.Write(writer);
    });

    private static Parsed<IReadOnlyList<string>> ReadProofs(ObjectReader request)
    {
        bool several = request.Has("proofs", out JsonElement proofs);
        bool single = request.Has("proof", out JsonElement proof);
        if (several && single)
        {
            return Fault("Send proofs, and no proof beside them.", "/proof");
        }

        if (single)
        {
            ObjectReader one = new(proof, IssuanceError.InvalidProof, "/proof");
            return one.Required("proof_type") is var type && one.Problem is null && type != JwtProof ? Fault($"The proof type is {JwtProof}.", "/proof/proof_type")
                : one.Required(JwtProof) is var jwt && one.Problem is { } missing ? missing
                : new[] { jwt };
        }

        if (!several)
        {
            return Array.Empty<string>();
        }

        // "The proofs parameter contains exactly one parameter named as the proof type."
        ObjectReader byType = new(proofs, IssuanceError.InvalidProof, "/proofs");
        if (byType.Problem is null && (proofs.GetPropertyCount() != 1 || !byType.Has(JwtProof, out _)))
        {
            return Fault($"The proofs are of exactly one type, {JwtProof}.", "/proofs");
        }

        IReadOnlyList<string> texts = byType.Texts(JwtProof, required: true);
        return byType.Problem is { } problem ? problem : texts.ToArray();
    }

    private static Problem Fault(string detail, string at) => new(IssuanceError.InvalidProof, detail, at);
}
