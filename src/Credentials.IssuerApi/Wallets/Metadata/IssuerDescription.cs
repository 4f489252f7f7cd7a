using System.Text.Json;
using Credentials.CredentialTypes;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Wallets.Issuing;
using Credentials.Jose.Encryption;
using Credentials.OpenId;
using Credentials.OpenId.Issuance;
using Credentials.OpenId.Issuance.Metadata;
using Credentials.OpenId.OAuth;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Wallets.Metadata;

/// <summary>What an institution says of itself to wallets, as credential issuer and as authorization server.</summary>
internal sealed class IssuerDescription(WalletUrls urls, Issuing.RequestEncryption encryption, IOptions<WalletOptions> options)
{
    private const int SmallestBatch = 2;

    private static readonly (IReadOnlyList<DisplayProperties> Display, IReadOnlyList<ClaimDescription> Claims) s_diploma = ReadType();

    /// <summary>The credential issuer metadata.</summary>
    public byte[] IssuerOf(Institution institution) => new CredentialIssuerMetadata(urls.IssuerOf(institution.Id), urls.Endpoint(institution.Id, "credential"), WalletConfiguration.All.ToDictionary(row => row.Id, ConfigurationOf, StringComparer.Ordinal))
    {
        NonceEndpoint = urls.Endpoint(institution.Id, "nonce"),
        DeferredCredentialEndpoint = urls.Endpoint(institution.Id, "deferred"),
        NotificationEndpoint = urls.Endpoint(institution.Id, "notification"),
        RequestEncryption = encryption.Support,
        ResponseEncryption = new ResponseEncryptionSupport([CompactJwe.Algorithm], CompactJwe.Encryptions, Required: false) { Compressions = ["DEF"] },
        BatchSize = Math.Min(options.Value.BatchSize, options.Value.CopiesPerOffer) is >= SmallestBatch and var most ? most : null,
        Display = [new DisplayProperties { Name = institution.Name }],
    }.Write();

    /// <summary>The authorization server metadata.</summary>
    public byte[] ServerOf(Institution institution) => new AuthorizationServerMetadata(urls.IssuerOf(institution.Id), urls.Endpoint(institution.Id, "token"))
    {
        AuthorizationEndpoint = urls.Endpoint(institution.Id, "authorize"),
        PushedAuthorizationRequestEndpoint = urls.Endpoint(institution.Id, "par"),
        GrantTypes = [TokenRequest.AuthorizationCode, TokenRequest.PreAuthorizedCode],
        CodeChallengeMethods = [Pkce.Method],
        DpopAlgorithms = KeyProof.Algorithms,
        Scopes = [.. WalletConfiguration.All.Select(row => row.Scope)],
        AuthorizationDetailsTypes = [AuthorizationDetail.Type],
        TokenEndpointAuthMethods = ["none"],
        AuthorizationResponseIssParameter = true,
        PreAuthorizedAnonymousAccess = true,
    }.Write();

    private static CredentialConfiguration ConfigurationOf(WalletConfiguration row)
    {
        bool isSdJwt = row.Format == CredentialFormat.SdJwtVc;
        return new CredentialConfiguration(row.Format)
        {
            Scope = row.Scope,
            SigningAlgorithms = [CopySigner.AlgorithmOf(row.Format)],
            BindingMethods = KeyProof.BindingMethods,
            ProofAlgorithms = KeyProof.Algorithms,
            CredentialType = isSdJwt ? DiplomaType.Vct : null,

            // What all have: institutions issue under types of their own, and a wallet may hold a copy to what is said here.
            Types = isSdJwt ? [] : ["VerifiableCredential"],
            Contexts = row.Format switch
            {
                CredentialFormat.LdpVc or CredentialFormat.VcJwt => ["https://www.w3.org/ns/credentials/v2"],
                _ => [],
            },
            Display = s_diploma.Display,
            Claims = isSdJwt ? s_diploma.Claims : [],
        };
    }

    // The words of the type's own document, so that there is one place to translate.
    private static (IReadOnlyList<DisplayProperties>, IReadOnlyList<ClaimDescription>) ReadType()
    {
        using var type = JsonDocument.Parse(DiplomaType.Document);
        DisplayProperties[] display = [.. type.RootElement.GetProperty("display").EnumerateArray().Select(one => new DisplayProperties
        {
            Name = one.GetProperty("name").GetString(),
            Locale = one.GetProperty("locale").GetString(),
            Description = one.GetProperty("description").GetString(),
            BackgroundColor = one.GetProperty("rendering").GetProperty("simple").GetProperty("background_color").GetString(),
            TextColor = one.GetProperty("rendering").GetProperty("simple").GetProperty("text_color").GetString(),
        })];
        ClaimDescription[] claims = [.. type.RootElement.GetProperty("claims").EnumerateArray().Select(one => new ClaimDescription([.. one.GetProperty("path").EnumerateArray().Select(step => (object?)step.GetString())])
        {
            Mandatory = one.TryGetProperty("mandatory", out JsonElement mandatory) && mandatory.GetBoolean(),
            Display = [.. one.GetProperty("display").EnumerateArray().Select(label => new DisplayProperties { Name = label.GetProperty("label").GetString(), Locale = label.GetProperty("locale").GetString() })],
        })];
        return (display, claims);
    }
}
