using System.Text.Json;
using Credentials.Jose.Encryption;
using Credentials.Keys;
using Credentials.OpenId.Presentation;
using Credentials.OpenId.Presentation.Dcql;
using Credentials.TestKit;

namespace Credentials.OpenId.Examples;

/// <summary>Every example of OpenID4VP, and what reads it.</summary>
internal static class PresentationExamples
{
    private const string NoMode = "asks for an answer by redirect, without response_mode, which 5.2 requires; answers are posted here";
    private const string Mdoc = "of mdocs, which are not offered";
    private const string Siop = "of SIOPv2, which is not offered";
    private const string MultiSigned = "of a multi-signed request, which is not offered";

    private static readonly ExampleRow Query = ExampleRow.Bytes(CheckQuery);
    private static readonly ExampleRow Metadata = ExampleRow.Json(json => ClientMetadata.Read(json).Problem);
    private static readonly ExampleRow Request = ExampleRow.Json(json => AuthorizationRequest.Read(json).Problem);
    private static readonly ExampleRow Link = ExampleRow.Text(text => RequestLink.Read(text).Problem);
    private static readonly ExampleRow Token = ExampleRow.Text(text => VpToken.Parse(text).Problem);
    private static readonly ExampleRow Answer = ExampleRow.Json(json => AuthorizationResponse.Read(json).Problem);
    private static readonly ExampleRow Posted = ExampleRow.Text(CheckPosted);
    private static readonly ExampleRow Authorities = ExampleRow.Text(text => Ask("dc+sd-jwt", $$"""{"vct_values":["urn:x"]},"trusted_authorities":[{{text}}]"""));
    private static readonly ExampleRow Key = ExampleRow.Json(json => JsonWebKey.Read(json).Problem);
    private static readonly ExampleRow Form = ExampleRow.Text(text => FormText.Read(text).Problem);

    public static IReadOnlyDictionary<string, ExampleRow> Rows { get; } = new Dictionary<string, ExampleRow>(StringComparer.Ordinal)
    {
        ["examples/client_metadata/mso_mdoc_verifier_metadata.json"] = Metadata,
        ["examples/client_metadata/sd_jwt_vc_verifier_metadata.json"] = Metadata,
        ["examples/client_metadata/w3c_jwt_verifier_metadata.json"] = Metadata,
        ["examples/client_metadata/w3c_ldp_verifier_metadata.json"] = Metadata,
        ["examples/credentials/jwt_vc.json"] = ExampleRow.Signed(text => CredentialExamples.OpenJwtAsync(text, "jwt_vc_json")),
        ["examples/credentials/ldp_vc.json"] = ExampleRow.Text(CredentialExamples.CheckCredential),
        ["examples/credentials/sd_jwt_vc.json"] = ExampleRow.Signed(CredentialExamples.OpenSdJwtVcAsync),
        ["examples/credentials/sd_jwt_vc_unsecured.json"] = ExampleRow.Signed(CredentialExamples.IssueSdJwtVcAsync),
        ["examples/digital_credentials_api/error_invalid_request.json"] = Answer,
        ["examples/digital_credentials_api/signed_request_payload.json"] = ExampleRow.LeftOut(MultiSigned),
        ["examples/digital_credentials_api/signed_request_payload_compact.json"] = Request,
        ["examples/query_lang/claims_alternatives.json"] = Query,
        ["examples/query_lang/complex_mdoc.json"] = Query,
        ["examples/query_lang/credentials_alternatives.json"] = Query,
        ["examples/query_lang/multi_credentials.json"] = Query,
        ["examples/query_lang/simple.json"] = Query,
        ["examples/query_lang/simple_mdoc.json"] = Query,
        ["examples/query_lang/value_matching_simple.json"] = Query,
        ["examples/request/dcql_jwt_vc.json"] = Query,
        ["examples/request/dcql_ldp_vc.json"] = Query,
        ["examples/request/request_header_client_id_did.json"] = ExampleRow.LeftOut("a header of RS256 alone; RSA keys are not known here"),
        ["examples/request/request_object_client_id_did.json"] = Request.Refused(NoMode),
        ["examples/response/jwt_vc.json"] = ExampleRow.Signed(text => CredentialExamples.OpenJwtAsync(text, "jwt_vp_json")),
        ["examples/response/kb_jwt_unsecured.json"] = ExampleRow.Signed(CredentialExamples.OpenKeyBindingAsync),
        ["examples/response/ldp_vc.json"] = ExampleRow.Text(CredentialExamples.CheckPresentation).Refused("its id is no URL, which the data model wants"),
        ["examples/sd_jwt_vcld/01/disclosures.md"] = ExampleRow.LeftOut("the disclosures of sd_jwt_issuance.txt, for people"),
        ["examples/sd_jwt_vcld/01/kb_jwt_header.json"] = ExampleRow.Json(CredentialExamples.IsKeyBindingHeader),
        ["examples/sd_jwt_vcld/01/kb_jwt_payload.json"] = ExampleRow.Json(CredentialExamples.IsKeyBindingPayload),
        ["examples/sd_jwt_vcld/01/kb_jwt_serialized.txt"] = ExampleRow.Text(CredentialExamples.CheckKeyBinding),
        ["examples/sd_jwt_vcld/01/sd_jwt_issuance.txt"] = ExampleRow.Text(CredentialExamples.CheckIssued),
        ["examples/sd_jwt_vcld/01/sd_jwt_jws_part.txt"] = ExampleRow.Text(text => CredentialExamples.CheckIssued(text + "~")),
        ["examples/sd_jwt_vcld/01/sd_jwt_payload.json"] = ExampleRow.Signed(CredentialExamples.OpenSdJwtVcAsync),
        ["examples/sd_jwt_vcld/01/sd_jwt_presentation.txt"] = ExampleRow.Text(CredentialExamples.CheckPresented),
        ["examples/sd_jwt_vcld/01/specification.yml"] = ExampleRow.LeftOut("how the example was made"),
        ["examples/sd_jwt_vcld/01/user_claims.json"] = ExampleRow.Signed(CredentialExamples.IssueSdJwtVcAsync),
        ["examples/sd_jwt_vcld/01/verified_contents.json"] = ExampleRow.Json(CredentialExamples.IsWhatWasPresented),
        ["examples/sd_jwt_vcld/README.md"] = ExampleRow.LeftOut("how the example was made"),
        ["examples/sd_jwt_vcld/settings.yml"] = ExampleRow.LeftOut("how the example was made; its keys verify sd_jwt_issuance.txt"),
        ["5.1 #1"] = ExampleRow.LeftOut("transaction data, which are refused whatever is in them"),
        ["5.1 #2"] = ExampleRow.Json(json => VerifierInfo.Read(json, "").Problem),
        ["5.4 #1"] = Link.Refused(NoMode),
        ["5.4 #2"] = Link,
        ["5.4 #3"] = Request.Refused(NoMode),
        ["5.4 #4"] = Link,
        ["5.4 #5"] = Form,
        ["5.5 #1"] = Link.Refused("asks by scope, and no scope stands for a query here"),
        ["5.9.1 #1"] = ExampleRow.LeftOut("a syntax, not a message"),
        ["5.9.3 #1"] = Link.Refused(NoMode),
        ["5.10 #1"] = Form,
        ["5.10.1 #1"] = Request,
        ["6.1.1.1 #1"] = Authorities,
        ["6.1.1.2 #1"] = Authorities,
        ["6.1.1.3 #1"] = Authorities,
        ["7.3 #1"] = ExampleRow.Json(ClaimsPathExample.Check),
        ["8.1 #1"] = ExampleRow.LeftOut("an answer by redirect; answers are posted here"),
        ["8.1.1 #1"] = Token,
        ["8.1.1 #2"] = Token,
        ["8.2 #1"] = Request,
        ["8.2 #2"] = Link,
        ["8.2 #3"] = Posted,
        ["8.2 #4"] = Posted,
        ["8.2 #5"] = ExampleRow.Json(json => json.TryGetProperty("redirect_uri", out _) ? null : Differs("redirect_uri")),
        ["8.3 #1"] = ExampleRow.Json(CheckOfferedKeys),
        ["8.3 #2"] = ExampleRow.Json(json => Open(json).Problem),
        ["8.3 #3"] = ExampleRow.Json(json => KeyAgreementKey.Read(json).Problem),
        ["8.3 #4"] = ExampleRow.Json(json => JsonElement.DeepEquals(json, CompactJwe.Read(Encrypted()).Value!.Header) ? null : Differs("header")),
        ["8.3 #5"] = ExampleRow.Json(json => Open(ExampleRow.JsonOf(SpecificationExample.Named("OpenID4VP 8.3 #2").Body)) is { Ok: true, Value.VpToken.Presentations: { } shown } && json.GetProperty("vp_token").EnumerateObject().All(entry => shown.ContainsKey(entry.Name)) ? null : Differs("payload")),
        ["8.3.1 #1"] = Form,
        ["8.3.1 #2"] = Answer,
        ["10.1 #1"] = Metadata,
        ["13.1.2 #1"] = Metadata,
        ["14.2.2 #1"] = ExampleRow.Signed(text => CredentialExamples.OpenJwtAsync(text, "jwt_vp_json")),
        ["14.2.2 #2"] = ExampleRow.LeftOut("too shortened: neither contexts nor credentials are in it"),
        ["A.2 #1"] = ExampleRow.Json(json => DcApiRequest.ReadUnsigned(json).Problem),
        ["A.3.2.1 #1"] = ExampleRow.LeftOut("too shortened: the request object is cut off"),
        ["A.3.2.2 #1"] = ExampleRow.LeftOut(MultiSigned),
        ["A.3.2.2 #2"] = ExampleRow.LeftOut(MultiSigned),
        ["B.1.1 #1"] = ExampleRow.Text(text => Ask("ldp_vc", text)),
        ["B.1.1 #2"] = ExampleRow.Json(TypeValuesExample.Check),
        ["B.1.1 #3"] = ExampleRow.Json(TypeValuesExample.Check),
        ["B.1.1 #4"] = ExampleRow.Json(TypeValuesExample.Check),
        ["B.1.3.1.5 #1"] = Token,
        ["B.2.2 #1"] = ExampleRow.LeftOut(Mdoc),
        ["B.2.2 #2"] = ExampleRow.LeftOut(Mdoc),
        ["B.2.5 #1"] = Token,
        ["B.2.6.1 #1"] = ExampleRow.LeftOut(Mdoc),
        ["B.2.6.1 #2"] = Key,
        ["B.2.6.1 #3"] = ExampleRow.LeftOut(Mdoc),
        ["B.2.6.1 #4"] = ExampleRow.LeftOut(Mdoc),
        ["B.2.6.1 #5"] = ExampleRow.LeftOut(Mdoc),
        ["B.2.6.2 #1"] = ExampleRow.LeftOut(Mdoc),
        ["B.2.6.2 #2"] = Key,
        ["B.2.6.2 #3"] = ExampleRow.LeftOut(Mdoc),
        ["B.2.6.2 #4"] = ExampleRow.LeftOut(Mdoc),
        ["B.2.6.2 #5"] = ExampleRow.LeftOut(Mdoc),
        ["C.1 #1"] = Link.Refused(Siop),
        ["C.2 #1"] = ExampleRow.LeftOut(Siop),
        ["C.2 #2"] = ExampleRow.LeftOut(Siop),
    };

    private static Problem? CheckQuery(byte[] utf8)
    {
        Parsed<DcqlQuery> query = DcqlQuery.Parse(utf8);
        return !query.Ok ? query.Problem
            : query.Value.CheckAsVerifier() is { } problem ? problem
            : JsonElement.DeepEquals(JsonDocument.Parse(utf8).RootElement, JsonDocument.Parse(query.Value.ToUtf8()).RootElement) ? null : Differs("what is written again");
    }

    // "Multiple keys": of the four two are on curves that are known here.
    private static Problem? CheckOfferedKeys(JsonElement json)
    {
        Parsed<AuthorizationRequest> request = AuthorizationRequest.Read(json);
        return !request.Ok ? request.Problem
            : request.Value.ClientMetadata is { ResponseKeys: [{ KeyId: "ac" }, { KeyId: "lc" }], EncryptionValues: ["A128GCM", "A128CBC-HS256"] } ? null : Differs("keys");
    }

    private static Problem? CheckPosted(string text)
    {
        Parsed<Dictionary<string, string>> form = FormText.Read(text);
        return form.Ok ? AuthorizationResponse.Read(form.Value).Problem : form.Problem;
    }

    private static Problem? Ask(string format, string meta) =>
        CheckedJson($$"""{"credentials":[{"id":"a","format":"{{format}}","meta":{{meta}}}]}""");

    private static Problem? CheckedJson(string query) => DcqlQuery.Parse(System.Text.Encoding.UTF8.GetBytes(query)).Problem;

    private static string Encrypted() => ExampleRow.JsonOf(SpecificationExample.Named("OpenID4VP 8.3 #2").Body).GetProperty("response").GetString()!;

    private static Parsed<AuthorizationResponse> Open(JsonElement json)
    {
        using KeyAgreementKey key = KeyAgreementKey.Read(ExampleRow.JsonOf(SpecificationExample.Named("OpenID4VP 8.3 #3").Body)).Value!;
        return EncryptedResponse.Decrypt(json.GetProperty("response").GetString()!, key, "ac", ["A128GCM", "A128CBC-HS256"]);
    }

    private static Problem Differs(string what) => new("DIFFERS", $"The {what} is not the example's.");
}
