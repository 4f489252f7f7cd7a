using System.Text.Json;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.OpenId.Issuance;
using Credentials.OpenId.Issuance.Metadata;
using Credentials.OpenId.Messages;
using Credentials.OpenId.OAuth;
using Credentials.TestKit;
using AuthorizationRequest = Credentials.OpenId.OAuth.AuthorizationRequest;

namespace Credentials.OpenId.Examples;

/// <summary>Every example of OpenID4VCI, and what reads it.</summary>
internal static class IssuanceExamples
{
    private const string Issuer = "https://credential-issuer.example.com";
    private const string NoMessage = "a request without parameters or an answer without a body: nothing to read";
    private const string Attestation = "of attested wallets or keys, which are not offered";
    private const string OtherProof = "proves the key by another type than jwt, the one that is offered";

    private static readonly ExampleRow Details = ExampleRow.Text(text => AuthorizationDetail.Read(text).Problem);
    private static readonly ExampleRow Metadata = ExampleRow.Bytes(utf8 => CredentialIssuerMetadata.Read(utf8, Issuer).Problem);
    private static readonly ExampleRow Configurations = ExampleRow.Text(CheckConfigurations);
    private static readonly ExampleRow Offer = ExampleRow.Bytes(utf8 => CredentialOffer.Read(utf8).Problem);
    private static readonly ExampleRow OfferLink = ExampleRow.Text(text => CredentialOfferLink.Read(text).Problem);
    private static readonly ExampleRow Authorization = ExampleRow.Text(text => CheckForm(text[(text.IndexOf('?', StringComparison.Ordinal) + 1)..], form => AuthorizationRequest.Read(form).Problem));
    private static readonly ExampleRow Token = ExampleRow.Text(text => CheckForm(text, form => TokenRequest.Read(form).Problem));
    private static readonly ExampleRow Request = ExampleRow.Bytes(utf8 => CredentialRequest.Read(utf8).Problem);
    private static readonly ExampleRow Response = ExampleRow.Bytes(utf8 => CredentialResponse.Read(utf8).Problem);
    private static readonly ExampleRow Error = ExampleRow.Bytes(utf8 => ErrorMessage.Read(utf8).Problem);
    private static readonly ExampleRow Notification = ExampleRow.Bytes(utf8 => NotificationRequest.Read(utf8).Problem);

    public static IReadOnlyDictionary<string, ExampleRow> Rows { get; } = new Dictionary<string, ExampleRow>(StringComparer.Ordinal)
    {
        ["examples/authorization_details.json"] = Details,
        ["examples/authorization_details_jwt_vc_json.json"] = Details,
        ["examples/authorization_details_ldp_vc.json"] = Details,
        ["examples/authorization_details_mso_doc.json"] = Details,
        ["examples/authorization_details_multiple_credentials.json"] = Details,
        ["examples/authorization_details_sd_jwt_vc.json"] = Details,
        ["examples/authorization_details_with_as.json"] = Details,
        ["examples/credential_issuer_metadata_sd_jwt_jwt.txt"] = ExampleRow.Text(CheckSignedMetadata),
        ["examples/credential_issuer_metadata_sd_jwt_long.json"] = Metadata,
        ["examples/credential_metadata_jwt_vc_json.json"] = Configurations,
        ["examples/credential_metadata_ldp_vc.json"] = Configurations,
        ["examples/credential_metadata_mso_mdoc.json"] = Configurations,
        ["examples/credential_metadata_sd_jwt_vc.json"] = Configurations,
        ["examples/credential_offer_authz_code.txt"] = Offer,
        ["examples/credential_offer_by_reference.json"] = Offer,
        ["examples/credential_offer_multiple_credentials.json"] = Offer,
        ["examples/credential_offer_pre-authz_code.json"] = Offer,
        ["examples/credential_request_iso_mdl.json"] = Request.Refused("of a draft: format and doctype in place of an identifier; the text does not show it"),
        ["examples/credential_response_jwt_vc_json.txt"] = ExampleRow.Bytes(CheckJwtCredential),
        ["examples/credential_response_ldp_vc.txt"] = ExampleRow.Bytes(utf8 => CheckCredential(utf8, CredentialExamples.CheckCredential)),
        ["examples/credential_response_mso_mdoc.txt"] = Response,
        ["examples/credential_response_sd_jwt_vc.txt"] = ExampleRow.Bytes(utf8 => CheckCredential(utf8, CredentialExamples.OpenSdJwtVc)),
        ["examples/issuer_jwks.json"] = ExampleRow.Json(json => JsonWebKey.Read(json.GetProperty("jwks").GetProperty("keys")[0]).Problem),
        ["examples/wallet_attestation.jwt.txt"] = ExampleRow.Text(text => Jwt.Read(text).Problem),
        ["4.1.2 #1"] = OfferLink,
        ["4.1.2 #2"] = OfferLink,
        ["4.1.3 #1"] = ExampleRow.LeftOut(NoMessage),
        ["4.1.3 #2"] = OfferLink,
        ["5.1.1 #1"] = Authorization,
        ["5.1.2 #1"] = Authorization,
        ["5.1.4 #1"] = Authorization.Refused("its authorization_details are cut off"),
        ["5.1.4 #2"] = ExampleRow.Bytes(utf8 => PushedAuthorizationResponse.Read(utf8).Problem),
        ["5.1.4 #3"] = ExampleRow.Text(text => CheckForm(text[(text.IndexOf('?', StringComparison.Ordinal) + 1)..], form => form["request_uri"] is null ? Differs("request_uri") : null)),
        ["5.2 #1"] = ExampleRow.Text(text => CheckForm(text[(text.IndexOf('?', StringComparison.Ordinal) + 1)..], form => form["code"] is null ? Differs("code") : null)),
        ["5.3 #1"] = ExampleRow.Text(text => CheckForm(text[(text.IndexOf('?', StringComparison.Ordinal) + 1)..], form => form["error"] is null ? Differs("error") : null)),
        ["6.1 #1"] = Token,
        ["6.1.1 #1"] = Token,
        ["6.2 #1"] = ExampleRow.Bytes(utf8 => TokenResponse.Read(utf8).Problem),
        ["6.3 #1"] = Error,
        ["7.1 #1"] = ExampleRow.LeftOut(NoMessage),
        ["7.2 #1"] = ExampleRow.Bytes(utf8 => NonceResponse.Read(utf8).Problem),
        ["8.2 #1"] = Request,
        ["8.2 #2"] = Request,
        ["8.2 #3"] = Request.Refused(OtherProof),
        ["8.3 #1"] = Response,
        ["8.3 #2"] = Response,
        ["8.3 #3"] = Response,
        ["8.3.1.2 #1"] = Error,
        ["9.1 #1"] = ExampleRow.Bytes(utf8 => DeferredCredentialRequest.Read(utf8).Problem),
        ["9.2 #1"] = Response,
        ["9.2 #2"] = Response,
        ["9.3 #1"] = Error,
        ["11.1 #1"] = Notification,
        ["11.1 #2"] = Notification,
        ["11.2 #1"] = ExampleRow.LeftOut(NoMessage),
        ["11.3 #1"] = Error,
        ["12.2.2 #1"] = ExampleRow.LeftOut(NoMessage),
        ["C.3 #1"] = ExampleRow.Json(ClaimsPathExample.Check),
        ["D.1 #1"] = ExampleRow.LeftOut(Attestation),
        ["E #1"] = ExampleRow.LeftOut(Attestation),
        ["F.1 #1"] = ExampleRow.Signed(CheckProofAsync),
        ["F.1 #2"] = ExampleRow.Text(CheckProofParts),
        ["F.1 #3"] = ExampleRow.LeftOut(Attestation),
        ["F.2 #1"] = ExampleRow.Text(text => CheckProofs(text)).Refused(OtherProof),
        ["F.3 #1"] = ExampleRow.Text(text => CheckProofs(text)).Refused(OtherProof),
    };

    // The examples show this member alone.
    private static Problem? CheckConfigurations(string text) => CredentialIssuerMetadata.Read(
        System.Text.Encoding.UTF8.GetBytes($$"""{"credential_issuer":"{{Issuer}}","credential_endpoint":"{{Issuer}}/credential",{{text.TrimStart()[1..]}}"""), Issuer).Problem;

    // Signed metadata are not asked for; what is signed in them is nevertheless metadata, by the key of its certificate.
    private static Problem? CheckSignedMetadata(string text)
    {
        Parsed<Jwt> jwt = Jwt.Read(text);
        return jwt.Ok ? CredentialIssuerMetadata.Read(System.Text.Encoding.UTF8.GetBytes(jwt.Value.Payload.GetRawText()), Issuer).Problem : jwt.Problem;
    }

    private static Problem? CheckForm(string encoded, Func<FormParameters, Problem?> check)
    {
        Parsed<FormParameters> form = FormParameters.Read(encoded);
        return form.Ok ? check(form.Value) : form.Problem;
    }

    private static Problem? CheckCredential(byte[] utf8, Func<string, Problem?> check)
    {
        Parsed<CredentialResponse> response = CredentialResponse.Read(utf8);
        return response.Ok ? check(System.Text.Encoding.UTF8.GetString(response.Value.Credentials[0].Span)) : response.Problem;
    }

    // Its signature verifies under the key of the issuer's document that the specification shows beside it.
    private static Problem? CheckJwtCredential(byte[] utf8) => CheckCredential(utf8, text =>
    {
        JsonElement key = ExampleRow.JsonOf(SpecificationExample.Named("OpenID4VCI/examples/issuer_jwks.json").Body).GetProperty("jwks").GetProperty("keys")[0];
        Parsed<Envelope> opened = Envelope.Open(System.Text.Encoding.ASCII.GetBytes(text));
        return opened.Ok ? opened.Value.Verify(JsonWebKey.Read(key).Value!) : opened.Problem;
    });

    private static Problem? CheckProofs(string proofs) =>
        CredentialRequest.Read(System.Text.Encoding.UTF8.GetBytes($$"""{"credential_configuration_id":"x","proofs":{{proofs}}}""")).Problem;

    private static async Task<Problem?> CheckProofAsync(string proofs)
    {
        if (CheckProofs(proofs) is { } problem)
        {
            return problem;
        }

        Parsed<KeyProof> proof = await KeyProof.VerifyAsync(ProofOf(proofs), new(Issuer, DateTimeOffset.FromUnixTimeSeconds(1701960444)));
        return proof.Ok ? proof.Value.Nonce == "LarRGSbmUPYtRYO6BQ4yn8" ? null : Differs("nonce") : proof.Problem;
    }

    // Header and payload, printed with a full stop between them.
    private static Problem? CheckProofParts(string text)
    {
        Jwt jwt = Jwt.Read(ProofOf(SpecificationExample.Named("OpenID4VCI F.1 #1").Body)).Value!;
        string[] parts = text.Split("}.{");
        return JsonElement.DeepEquals(ExampleRow.JsonOf(parts[0] + "}"), jwt.Header) && JsonElement.DeepEquals(ExampleRow.JsonOf("{" + parts[1]), jwt.Payload) ? null : Differs("proof");
    }

    private static string ProofOf(string proofs) => ExampleRow.JsonOf(proofs).GetProperty("jwt")[0].GetString()!;

    private static Problem Differs(string what) => new("DIFFERS", $"The {what} is not the example's.");
}
