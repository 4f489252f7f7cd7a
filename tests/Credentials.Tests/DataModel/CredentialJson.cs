using System.Text.Json.Nodes;
using Credentials.DataModel;
using Credentials.TestKit;

namespace Credentials.Tests.DataModel;

/// <summary>A credential with every member that has rules, to be spoiled one member at a time.</summary>
internal static class CredentialJson
{
    public const string Registry = "urn:credentials:registry:v1:eip155:31337:0x5fbdb2315678afecb367f032d93f642f64180aa3:0x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff:0x0123456789abcdef0123456789abcdef";

    public static JsonObject Full() => Parse($$"""
        {
          "@context": ["https://www.w3.org/ns/credentials/v2", {"@vocab": "urn:example#"}, "https://example.edu/context"],
          "id": "urn:uuid:2b1f4d9e-9f6c-4f0e-8a57-0d0d1d4b7e11",
          "type": ["VerifiableCredential", "Diploma", "https://example.edu/types#Degree"],
          "name": [{"@value": "شهادة", "@language": "ar", "@direction": "rtl"}, {"@value": "Diploma"}],
          "description": "A diploma",
          "issuer": {"id": "did:web:example.edu", "name": {"@value": "Universität", "@language": "de"}, "description": "x"},
          "credentialSubject": [{"id": "did:example:learner", "a": 1}, {"b": null}],
          "validFrom": "2026-06-30T12:00:00+02:00",
          "validUntil": "2036-06-30T12:00:00.5Z",
          "credentialStatus": [
            {"id": "https://example.edu/status/1#7", "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7", "statusListCredential": "https://example.edu/status/1"},
            {"type": ["BitstringStatusListEntry"], "statusPurpose": "suspension", "statusListIndex": "0", "statusListCredential": "https://example.edu/status/2", "statusSize": 1},
            {"type": "urn:credentials:registry-entry:v1", "id": "{{Registry}}"},
            {"type": "OtherStatus"}
          ],
          "credentialSchema": {"id": "https://example.edu/schema", "type": "JsonSchema"},
          "termsOfUse": [{"type": "Policy", "id": "https://example.edu/terms"}],
          "evidence": {"type": ["Evidence"]},
          "refreshService": {"type": "Refresh", "id": "https://example.edu/refresh"},
          "relatedResource": [{"id": "https://example.edu/logo.png", "digestMultibase": "uEiA1mM5vllskgf4mMWwGswlQxGrH-OcinxBKp49XmZdmjQ"}],
          "proof": [{"type": "DataIntegrityProof"}, {}]
        }
        """);

    public static JsonObject V1() => Parse("""
        {
          "@context": ["https://www.w3.org/2018/credentials/v1"],
          "type": ["VerifiableCredential"],
          "issuer": "did:web:example.edu",
          "issuanceDate": "2020-01-01T00:00:00Z",
          "expirationDate": "2030-01-01T00:00:00Z",
          "credentialSubject": {"id": "did:example:learner"},
          "credentialStatus": {"id": "https://example.edu/status/1#7", "type": "RevocationList2020Status"}
        }
        """);

    /// <summary>Sets, or with null removes, what a pointer points to.</summary>
    public static JsonObject With(this JsonObject document, string pointer, string? value)
    {
        string[] path = [.. pointer.Split('/').Skip(1).Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
        JsonNode parent = document;
        foreach (string token in path[..^1])
        {
            parent = parent is JsonArray items ? items[int.Parse(token, System.Globalization.CultureInfo.InvariantCulture)]! : parent[token]!;
        }

        string last = path[^1];
        if (parent is JsonArray array)
        {
            int index = int.Parse(last, System.Globalization.CultureInfo.InvariantCulture);
            array[index] = JsonNode.Parse(value!);
        }
        else if (value is null)
        {
            Assert.True(parent.AsObject().Remove(last), $"There is no {pointer}.");
        }
        else
        {
            parent[last] = JsonNode.Parse(value);
        }

        return document;
    }

    public static byte[] Text(this JsonNode document) => Utf8.Bytes(document.ToJsonString());

    public static Parsed<VerifiableCredential> Read(this JsonNode document) => VerifiableCredential.Parse(document.Text());

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
