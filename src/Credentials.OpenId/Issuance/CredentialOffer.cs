using System.Text.Json;
using Credentials.OpenId.Messages;
using Credentials.OpenId.OAuth;

namespace Credentials.OpenId.Issuance;

/// <summary>What an issuer offers to whoever opens the link: configurations of one credential, and the grants by which a wallet gets it.</summary>
/// <param name="CredentialIssuer">The issuer's identifier.</param>
/// <param name="ConfigurationIds">At least one, each once.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#credential-offer-parameters</remarks>
public sealed record CredentialOffer(string CredentialIssuer, IReadOnlyList<string> ConfigurationIds)
{
    private const string Code = IssuanceError.InvalidOffer;

    /// <summary>The pre-authorized code, if that grant is offered.</summary>
    public PreAuthorizedCodeGrant? PreAuthorizedCode { get; init; }

    /// <summary>The authorization code, if that grant is offered.</summary>
    public AuthorizationCodeGrant? AuthorizationCode { get; init; }

    /// <summary>Reads the object's text.</summary>
    public static Parsed<CredentialOffer> Read(ReadOnlyMemory<byte> utf8) => MessageText.Read(utf8, Code, json =>
    {
        ObjectReader reader = new(json, Code);
        string issuer = reader.Required("credential_issuer");
        if (reader.Problem is null && !CredentialIssuerId.IsOne(issuer))
        {
            reader.Fault("it is no https URL without query and fragment", "credential_issuer");
        }

        IReadOnlyList<string> configurations = reader.Texts("credential_configuration_ids", required: true);
        PreAuthorizedCodeGrant? preAuthorized = null;
        AuthorizationCodeGrant? authorization = null;
        if (reader.Has("grants", out JsonElement grants))
        {
            ObjectReader byType = new(grants, Code, "/grants");
            preAuthorized = byType.Object(TokenRequest.PreAuthorizedCode, PreAuthorizedCodeGrant.Read);
            authorization = byType.Object(TokenRequest.AuthorizationCode, AuthorizationCodeGrant.Read);
            if (byType.Problem is { } problem)
            {
                return problem;
            }
        }

        return reader.Or(() => new CredentialOffer(issuer, configurations) { PreAuthorizedCode = preAuthorized, AuthorizationCode = authorization });
    });

    /// <summary>Writes the object.</summary>
    public byte[] Write() => MessageText.Write(writer =>
    {
        writer.WriteString("credential_issuer", CredentialIssuer);
        writer.Member("credential_configuration_ids", ConfigurationIds);
        if (PreAuthorizedCode is not null || AuthorizationCode is not null)
        {
            writer.Object("grants", () =>
            {
                PreAuthorizedCode?.Write(writer);
                AuthorizationCode?.Write(writer);
            });
        }
    });
}

/// <summary>The grant by a pre-authorized code.</summary>
/// <param name="Code">The code: single use, short lived.</param>
/// <param name="TransactionCode">How the transaction code looks that the learner must type; null when there is none.</param>
/// <param name="AuthorizationServer">Which of several servers; null for the only one.</param>
public sealed record PreAuthorizedCodeGrant(string Code, TransactionCodePrompt? TransactionCode = null, string? AuthorizationServer = null)
{
    internal static Parsed<PreAuthorizedCodeGrant> Read(JsonElement json, string at)
    {
        ObjectReader reader = new(json, IssuanceError.InvalidOffer, at);
        string code = reader.Required("pre-authorized_code");
        TransactionCodePrompt? prompt = reader.Object("tx_code", TransactionCodePrompt.Read);

        // Drafts before the thirteenth said only that there is a code.
        if (prompt is null && reader.Boolean("user_pin_required"))
        {
            prompt = new TransactionCodePrompt();
        }

        string? server = reader.Optional("authorization_server");
        return reader.Or(() => new PreAuthorizedCodeGrant(code, prompt, server));
    }

    internal void Write(Utf8JsonWriter writer) => writer.Object(TokenRequest.PreAuthorizedCode, () =>
    {
        writer.WriteString("pre-authorized_code", Code);
        if (TransactionCode is { } prompt)
        {
            writer.Object("tx_code", () => prompt.Write(writer));
        }

        writer.Member("authorization_server", AuthorizationServer);
    });
}

/// <summary>How a transaction code looks, so that a wallet can ask for it well.</summary>
public sealed record TransactionCodePrompt
{
    /// <summary>Digits only.</summary>
    public const string Numeric = "numeric";

    /// <summary>Any characters.</summary>
    public const string AnyText = "text";

    private const int LongestDescription = 300;

    /// <summary><see cref="Numeric"/> or <see cref="AnyText"/>.</summary>
    public string InputMode { get; init; } = Numeric;

    /// <summary>Its length, if it was said.</summary>
    public int? Length { get; init; }

    /// <summary>Where the learner finds it, if it was said; at most 300 characters.</summary>
    public string? Description { get; init; }

    internal static Parsed<TransactionCodePrompt> Read(JsonElement json, string at)
    {
        ObjectReader reader = new(json, IssuanceError.InvalidOffer, at);
        string mode = reader.Optional("input_mode") ?? Numeric;
        if (mode is not (Numeric or AnyText))
        {
            reader.Fault("it is numeric or text", "input_mode");
        }

        int? length = reader.Integer("length", 1);
        string? description = reader.Optional("description");
        if (description?.Length > LongestDescription)
        {
            reader.Fault($"it has more than {LongestDescription} characters", "description");
        }

        return reader.Or(() => new TransactionCodePrompt { InputMode = mode, Length = length, Description = description });
    }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("input_mode", InputMode);
        writer.Member("length", Length);
        writer.Member("description", Description);
    }
}

/// <summary>The grant by an authorization code.</summary>
/// <param name="IssuerState">What the wallet sends along, so that the server knows the offer; null when there is none.</param>
/// <param name="AuthorizationServer">Which of several servers; null for the only one.</param>
public sealed record AuthorizationCodeGrant(string? IssuerState = null, string? AuthorizationServer = null)
{
    internal static Parsed<AuthorizationCodeGrant> Read(JsonElement json, string at)
    {
        ObjectReader reader = new(json, IssuanceError.InvalidOffer, at);
        string? state = reader.Optional("issuer_state");
        string? server = reader.Optional("authorization_server");
        return reader.Or(() => new AuthorizationCodeGrant(state, server));
    }

    internal void Write(Utf8JsonWriter writer) => writer.Object(TokenRequest.AuthorizationCode, () =>
    {
        writer.Member("issuer_state", IssuerState);
        writer.Member("authorization_server", AuthorizationServer);
    });
}
