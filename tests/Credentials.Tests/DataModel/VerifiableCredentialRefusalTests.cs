using Credentials.DataModel;
using Credentials.TestKit;

namespace Credentials.Tests.DataModel;

/// <summary>One thing wrong at a time: one problem, at its place.</summary>
public sealed class VerifiableCredentialRefusalTests
{
    private const string V2 = "\"https://www.w3.org/ns/credentials/v2\"";

    [Theory]
    [InlineData("/@context", null, "/@context")]
    [InlineData("/@context", V2, "/@context")]
    [InlineData("/@context", "[]", "/@context")]
    [InlineData("/@context", "{}", "/@context")]
    [InlineData("/@context", "[{\"@vocab\":\"urn:x\"}," + V2 + "]", "/@context/0")]
    [InlineData("/@context", "[\"https://www.w3.org/ns/credentials/v2/\"]", "/@context/0")]
    [InlineData("/@context", "[\"https://example.edu\"," + V2 + "]", "/@context/0")]
    [InlineData("/@context/1", "7", "/@context/1")]
    [InlineData("/@context/1", "null", "/@context/1")]
    [InlineData("/@context/1", "[" + V2 + "]", "/@context/1")]
    [InlineData("/@context/2", "\"context.json\"", "/@context/2")]
    [InlineData("/id", "\"not a url\"", "/id")]
    [InlineData("/id", "\"not-a-url\"", "/id")]
    [InlineData("/id", "\"/relative\"", "/id")]
    [InlineData("/id", "\"urn:\"", "/id")]
    [InlineData("/id", "\":x\"", "/id")]
    [InlineData("/id", "\"1a:x\"", "/id")]
    [InlineData("/id", "\"https:\"", "/id")]
    [InlineData("/id", "\"https://\"", "/id")]
    [InlineData("/id", "\"https:example.edu\"", "/id")]
    [InlineData("/id", "\"https://exa mple.edu\"", "/id")]
    [InlineData("/id", "\"urn:x:%4\"", "/id")]
    [InlineData("/id", "\"urn:x:%zz\"", "/id")]
    [InlineData("/id", "\"urn:x:\\u0000\"", "/id")]
    [InlineData("/id", "\"urn:x:<script>\"", "/id")]
    [InlineData("/id", "\"\"", "/id")]
    [InlineData("/id", "null", "/id")]
    [InlineData("/id", "7", "/id")]
    [InlineData("/id", "[\"urn:x:y\"]", "/id")]
    [InlineData("/type", null, "/type")]
    [InlineData("/type", "[]", "/type")]
    [InlineData("/type", "\"Diploma\"", "/type")]
    [InlineData("/type", "\"VerifiablePresentation\"", "/type")]
    [InlineData("/type", "{}", "/type")]
    [InlineData("/type/0", "\"verifiablecredential\"", "/type")]
    [InlineData("/type/1", "7", "/type/1")]
    [InlineData("/type/1", "\"\"", "/type/1")]
    [InlineData("/type/1", "\"two words\"", "/type/1")]
    [InlineData("/type/1", "\"urn:\"", "/type/1")]
    [InlineData("/credentialSubject/0/number", "9007199254740993", "/credentialSubject/0/number")]
    [InlineData("/credentialSubject/0/number", "0.1000000000000000055", "/credentialSubject/0/number")]
    [InlineData("/credentialSubject/0/number", "[0.1,{\"a/b\":1e-400}]", "/credentialSubject/0/number/1/a~1b")]
    [InlineData("/credentialSubject/0/number", "1e400", "/credentialSubject/0/number")]
    [InlineData("/name", "7", "/name")]
    [InlineData("/name", "null", "/name")]
    [InlineData("/name", "[]", "/name")]
    [InlineData("/name", "[\"x\"]", "/name/0")]
    [InlineData("/name", "{}", "/name/@value")]
    [InlineData("/name/0/@value", "null", "/name/0/@value")]
    [InlineData("/name/0/@value", null, "/name/0/@value")]
    [InlineData("/name/0/@language", "\"\"", "/name/0/@language")]
    [InlineData("/name/0/@language", "\"arabic-العربية\"", "/name/0/@language")]
    [InlineData("/name/0/@language", "\"en_US\"", "/name/0/@language")]
    [InlineData("/name/0/@language", "\"x\"", "/name/0/@language")]
    [InlineData("/name/0/@language", "\"e-GB\"", "/name/0/@language")]
    [InlineData("/name/0/@language", "\"en-\"", "/name/0/@language")]
    [InlineData("/name/0/@language", "7", "/name/0/@language")]
    [InlineData("/name/0/@direction", "\"auto\"", "/name/0/@direction")]
    [InlineData("/name/0/@direction", "null", "/name/0/@direction")]
    [InlineData("/name/0/@type", "\"x\"", "/name/0/@type")]
    [InlineData("/name/0/a~1b", "\"x\"", "/name/0/a~1b")]
    [InlineData("/description", "[[]]", "/description/0")]
    [InlineData("/issuer", null, "/issuer")]
    [InlineData("/issuer", "null", "/issuer")]
    [InlineData("/issuer", "\"University\"", "/issuer")]
    [InlineData("/issuer", "[\"did:web:example.edu\"]", "/issuer")]
    [InlineData("/issuer/id", null, "/issuer/id")]
    [InlineData("/issuer/id", "\"University\"", "/issuer/id")]
    [InlineData("/issuer/id", "{}", "/issuer/id")]
    [InlineData("/issuer/name", "7", "/issuer/name")]
    [InlineData("/credentialSubject", null, "/credentialSubject")]
    [InlineData("/credentialSubject", "{}", "/credentialSubject")]
    [InlineData("/credentialSubject", "[]", "/credentialSubject")]
    [InlineData("/credentialSubject", "\"did:example:learner\"", "/credentialSubject")]
    [InlineData("/credentialSubject", "null", "/credentialSubject")]
    [InlineData("/credentialSubject/1", "{}", "/credentialSubject/1")]
    [InlineData("/credentialSubject/1", "7", "/credentialSubject/1")]
    [InlineData("/credentialSubject/0/id", "\"learner\"", "/credentialSubject/0/id")]
    [InlineData("/validFrom", "\"2026-06-30\"", "/validFrom")]
    [InlineData("/validFrom", "\"2026-06-30T12:00:00\"", "/validFrom")]
    [InlineData("/validFrom", "\"2026-06-30 12:00:00Z\"", "/validFrom")]
    [InlineData("/validFrom", "\"2026-02-30T12:00:00Z\"", "/validFrom")]
    [InlineData("/validFrom", "\"2026-06-30T25:00:00Z\"", "/validFrom")]
    [InlineData("/validFrom", "\"2026-06-30T12:00:60Z\"", "/validFrom")]
    [InlineData("/validFrom", "\"2026-06-30T12:00Z\"", "/validFrom")]
    [InlineData("/validFrom", "\"2026-06-30T12:00:00+15:00\"", "/validFrom")]
    [InlineData("/validFrom", "\"2026-06-30T12:00:00z\"", "/validFrom")]
    [InlineData("/validFrom", "\"Tue, 30 Jun 2026 12:00:00 GMT\"", "/validFrom")]
    [InlineData("/validFrom", "1782820800", "/validFrom")]
    [InlineData("/validFrom", "null", "/validFrom")]
    [InlineData("/validUntil", "\"never\"", "/validUntil")]
    [InlineData("/issuanceDate", "\"2026-06-30T12:00:00Z\"", "/issuanceDate")]
    [InlineData("/expirationDate", "\"2026-06-30T12:00:00Z\"", "/expirationDate")]
    [InlineData("/credentialSchema", "[]", "/credentialSchema")]
    [InlineData("/credentialSchema/id", null, "/credentialSchema/id")]
    [InlineData("/credentialSchema/type", null, "/credentialSchema/type")]
    [InlineData("/credentialSchema", "\"https://example.edu/schema\"", "/credentialSchema")]
    [InlineData("/termsOfUse/0/type", null, "/termsOfUse/0/type")]
    [InlineData("/termsOfUse/0/id", "\"terms\"", "/termsOfUse/0/id")]
    [InlineData("/termsOfUse", "null", "/termsOfUse")]
    [InlineData("/evidence/type", "[]", "/evidence/type")]
    [InlineData("/evidence", "[7]", "/evidence/0")]
    [InlineData("/refreshService/type", null, "/refreshService/type")]
    [InlineData("/relatedResource/0/id", null, "/relatedResource/0/id")]
    [InlineData("/relatedResource/0/digestMultibase", null, "/relatedResource/0")]
    [InlineData("/relatedResource", "[\"https://example.edu/logo.png\"]", "/relatedResource/0")]
    [InlineData("/relatedResource/0/id", "\"logo.png\"", "/relatedResource/0/id")]
    [InlineData("/relatedResource/0/digestMultibase", "\"uEi\"", "/relatedResource/0/digestMultibase")]
    [InlineData("/relatedResource/0/digestMultibase", "\"mEiA1mM5vllskgf4mMWwGswlQxGrH-OcinxBKp49XmZdmjQ\"", "/relatedResource/0/digestMultibase")]
    [InlineData("/relatedResource/0/digestMultibase", "\"uEiA1mM5vllskgf4mMWwGswlQxGrH-OcinxBKp49XmZdm\"", "/relatedResource/0/digestMultibase")]
    [InlineData("/relatedResource/0/digestMultibase", "\"zzzz0\"", "/relatedResource/0/digestMultibase")]
    [InlineData("/relatedResource/0/digestMultibase", "7", "/relatedResource/0/digestMultibase")]
    [InlineData("/relatedResource/0/digestMultibase", "\"\"", "/relatedResource/0/digestMultibase")]
    [InlineData("/relatedResource/0/digestMultibase", "[\"uEiA1mM5vllskgf4mMWwGswlQxGrH-OcinxBKp49XmZdmjQ\",\"u\"]", "/relatedResource/0/digestMultibase/1")]
    [InlineData("/relatedResource/0/digestSRI", "\"sha384-_rCVIV7fSXXTNIvpiq26jRDyj8JG8TDjij-tD0ewLk4JpnXEz6a5AeeY_1qQ0d0P\"", "/relatedResource/0/digestSRI")]
    [InlineData("/relatedResource/0/digestSRI", "\"sha256-dH80VS7N+j/GeU2tn8GNOI8rvSqlLwzhNgMro5hkFf+Fh7yGDkVIImWwSKbTE7d7\"", "/relatedResource/0/digestSRI")]
    [InlineData("/relatedResource/0/digestSRI", "\"md5-AAAA\"", "/relatedResource/0/digestSRI")]
    [InlineData("/relatedResource/0/digestSRI", "\"sha384\"", "/relatedResource/0/digestSRI")]
    [InlineData("/relatedResource/0/digestSRI", "\" \"", "/relatedResource/0/digestSRI")]
    [InlineData("/relatedResource/0/digestSRI", "[\"sha384-dH80VS7N+j/GeU2tn8GNOI8rvSqlLwzhNgMro5hkFf+Fh7yGDkVIImWwSKbTE7d7\"]", "/relatedResource/0/digestSRI")]
    [InlineData("/relatedResource/0/digestSRI", "null", "/relatedResource/0/digestSRI")]
    [InlineData("/proof", "[]", "/proof")]
    [InlineData("/proof", "null", "/proof")]
    [InlineData("/proof", "\"eyJ\"", "/proof")]
    [InlineData("/proof/1", "[{}]", "/proof/1")]
    public void A_member_of_the_wrong_shape(string pointer, string? value, string at) =>
        AssertOne(ProblemCode.MalformedValueError, at, CredentialJson.Full().With(pointer, value).Text());

    [Theory]
    [InlineData("/credentialStatus", "[]", "/credentialStatus")]
    [InlineData("/credentialStatus", "null", "/credentialStatus")]
    [InlineData("/credentialStatus", "\"https://example.edu/status/1\"", "/credentialStatus")]
    [InlineData("/credentialStatus/3", "7", "/credentialStatus/3")]
    [InlineData("/credentialStatus/3/type", null, "/credentialStatus/3/type")]
    [InlineData("/credentialStatus/3/type", "[]", "/credentialStatus/3/type")]
    [InlineData("/credentialStatus/3/id", "\"status\"", "/credentialStatus/3/id")]
    [InlineData("/credentialStatus/0/statusPurpose", null, "/credentialStatus/0/statusPurpose")]
    [InlineData("/credentialStatus/0/statusPurpose", "\"\"", "/credentialStatus/0/statusPurpose")]
    [InlineData("/credentialStatus/0/statusPurpose", "[\"revocation\"]", "/credentialStatus/0/statusPurpose")]
    [InlineData("/credentialStatus/0/statusListIndex", null, "/credentialStatus/0/statusListIndex")]
    [InlineData("/credentialStatus/0/statusListIndex", "7", "/credentialStatus/0/statusListIndex")]
    [InlineData("/credentialStatus/0/statusListIndex", "\"\"", "/credentialStatus/0/statusListIndex")]
    [InlineData("/credentialStatus/0/statusListIndex", "\"-1\"", "/credentialStatus/0/statusListIndex")]
    [InlineData("/credentialStatus/0/statusListIndex", "\"+1\"", "/credentialStatus/0/statusListIndex")]
    [InlineData("/credentialStatus/0/statusListIndex", "\"07\"", "/credentialStatus/0/statusListIndex")]
    [InlineData("/credentialStatus/0/statusListIndex", "\" 7\"", "/credentialStatus/0/statusListIndex")]
    [InlineData("/credentialStatus/0/statusListIndex", "\"7.0\"", "/credentialStatus/0/statusListIndex")]
    [InlineData("/credentialStatus/0/statusListIndex", "\"٧\"", "/credentialStatus/0/statusListIndex")]
    [InlineData("/credentialStatus/0/statusListIndex", "null", "/credentialStatus/0/statusListIndex")]
    [InlineData("/credentialStatus/0/statusListCredential", null, "/credentialStatus/0/statusListCredential")]
    [InlineData("/credentialStatus/0/statusListCredential", "\"/status/1\"", "/credentialStatus/0/statusListCredential")]
    [InlineData("/credentialStatus/0/statusListCredential", "{}", "/credentialStatus/0/statusListCredential")]
    [InlineData("/credentialStatus/0/id", "\"https://example.edu/status/1\"", "/credentialStatus/0/id")]
    [InlineData("/credentialStatus/1/statusSize", "0", "/credentialStatus/1/statusSize")]
    [InlineData("/credentialStatus/1/statusSize", "\"1\"", "/credentialStatus/1/statusSize")]
    [InlineData("/credentialStatus/1/statusSize", "1.5", "/credentialStatus/1/statusSize")]
    [InlineData("/credentialStatus/2/id", null, "/credentialStatus/2/id")]
    [InlineData("/credentialStatus/2/id", "\"urn:credentials:registry:v1:eip155:1\"", "/credentialStatus/2/id")]
    public void A_status_entry_of_the_wrong_shape(string pointer, string? value, string at) =>
        AssertOne(ProblemCode.MalformedValueError, at, CredentialJson.Full().With(pointer, value).Text());

    [Theory]
    [InlineData("/validUntil", "\"2026-06-30T09:59:59Z\"", "/validUntil")]
    [InlineData("/validFrom", "\"2040-06-30T12:00:00Z\"", "/validUntil")]
    [InlineData("/credentialStatus/0/statusListIndex", "\"9223372036854775808\"", "/credentialStatus/0/statusListIndex")]
    public void A_value_out_of_range(string pointer, string value, string at) =>
        AssertOne(ProblemCode.RangeError, at, CredentialJson.Full().With(pointer, value).Text());

    [Theory]
    [InlineData("/issuanceDate", null, "/issuanceDate")]
    [InlineData("/issuanceDate", "\"2020\"", "/issuanceDate")]
    [InlineData("/expirationDate", "\"2030\"", "/expirationDate")]
    [InlineData("/credentialStatus/id", null, "/credentialStatus/id")]
    [InlineData("/refreshService", "{\"type\":\"Refresh\"}", "/refreshService/id")]
    [InlineData("/validFrom", "\"2020\"", "/validFrom")]
    public void A_member_of_version_1_1_of_the_wrong_shape(string pointer, string? value, string at) =>
        AssertOne(ProblemCode.MalformedValueError, at, CredentialJson.V1().With(pointer, value).Text());

    [Fact]
    public void Version_1_1_that_expires_before_it_begins() =>
        AssertOne(ProblemCode.RangeError, "/expirationDate", CredentialJson.V1().With("/expirationDate", "\"2019-01-01T00:00:00Z\"").Text());

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"eyJhbGciOiJFUzI1NiJ9.e30.AA\"")]
    [InlineData("7")]
    public void A_document_that_is_no_object(string text) => AssertOne(ProblemCode.MalformedValueError, "", Utf8.Bytes(text));

    [Theory]
    [InlineData("", "")]
    [InlineData("<html>", "")]
    [InlineData("{\"a\":1,\"a\":2}", "/a")]
    [InlineData("{\"credentialSubject\":{\"degree\":\"x\",\"degree\":\"y\"}}", "/credentialSubject/degree")]
    [InlineData("{\"\\ud800\":1}", null)]
    public void A_text_that_is_no_strict_json(string text, string? at)
    {
        Problem problem = VerifiableCredential.Validate(Utf8.Bytes(text)).Single();
        Assert.Equal(ProblemCode.ParsingError, problem.Code);
        if (at is not null)
        {
            Assert.Equal(at, problem.Pointer);
        }
    }

    [Fact]
    public void Many_things_wrong_are_all_told_and_the_first_one_refuses()
    {
        byte[] text = CredentialJson.Full().With("/id", "7").With("/issuer", "8").With("/validFrom", "9").With("/proof/0", "10").Text();
        Assert.Equal(["/id", "/issuer", "/validFrom", "/proof/0"], VerifiableCredential.Validate(text).Select(problem => problem.Pointer));
        Assert.Equal("/id", VerifiableCredential.Parse(text).Problem?.Pointer);
    }

    private static void AssertOne(string code, string pointer, byte[] text)
    {
        Problem problem = Assert.Single(VerifiableCredential.Validate(text));
        Assert.Equal((code, pointer), (problem.Code, problem.Pointer));
        Assert.EndsWith(".", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(problem, VerifiableCredential.Parse(text).Problem);
    }
}
