using Credentials.TestKit;

namespace Credentials.Benchmarks;

/// <summary>An unsigned Open Badges 3.0 diploma of 2.5 KB, as the suites over RDF are measured by.</summary>
internal static class OpenBadge
{
    /// <summary>What every derived proof shows.</summary>
    public static IReadOnlyList<string> MandatoryPointers { get; } = ["/issuer", "/validFrom", "/credentialStatus"];

    /// <summary>What the learner shows besides: about half.</summary>
    public static IReadOnlyList<string> SelectivePointers { get; } = ["/credentialSubject/achievement", "/credentialSubject/id"];

    public static byte[] Unsigned { get; } = Utf8.Bytes("""
        {
          "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
          "id": "urn:uuid:0198b0a4-7f00-7000-8000-000000000001",
          "type": ["VerifiableCredential", "OpenBadgeCredential"],
          "name": "Bachelor of Science in Nursing",
          "issuer": {
            "id": "did:web:universidade-modelo.example",
            "type": ["Profile"],
            "name": "Universidade Modelo de São Paulo",
            "url": "https://universidade-modelo.example",
            "email": "registrar@universidade-modelo.example",
            "address": { "type": ["Address"], "addressCountry": "Brazil", "addressCountryCode": "BR", "addressLocality": "São Paulo", "postalCode": "05508-060" }
          },
          "validFrom": "2026-08-20T00:00:00-03:00",
          "credentialSubject": {
            "id": "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
            "type": ["AchievementSubject"],
            "activityStartDate": "2021-02-15T00:00:00-03:00",
            "activityEndDate": "2026-07-31T00:00:00-03:00",
            "licenseNumber": "2026/03318",
            "achievement": {
              "id": "https://universidade-modelo.example/achievements/nursing",
              "type": ["Achievement"],
              "achievementType": "BachelorDegree",
              "name": "Bacharelado em Enfermagem",
              "description": "Five years of study of nursing and midwifery, with a thesis and 4,020 hours of classes and practice.",
              "criteria": { "id": "https://universidade-modelo.example/achievements/nursing/criteria", "narrative": "All courses passed, thesis defended, practice completed." },
              "fieldOfStudy": "Nursing and midwifery",
              "humanCode": "0913",
              "creditsAvailable": 268,
              "inLanguage": "pt-BR",
              "tag": ["nursing", "midwifery", "public health"],
              "alignment": [
                { "type": ["Alignment"], "targetName": "European Qualifications Framework, level 6", "targetUrl": "https://europass.europa.eu/eqf/6", "targetFramework": "EQF" },
                { "type": ["Alignment"], "targetName": "ISCED-F 2013, 0913", "targetUrl": "https://uis.unesco.org/isced/0913", "targetFramework": "ISCED-F" }
              ],
              "resultDescription": [{ "id": "urn:uuid:0198b0a4-7f00-7000-8000-000000000002", "type": ["ResultDescription"], "name": "Final grade", "resultType": "GradePointAverage", "valueMin": "0", "valueMax": "10" }]
            },
            "result": [{ "type": ["Result"], "resultDescription": "urn:uuid:0198b0a4-7f00-7000-8000-000000000002", "value": "8.74" }]
          },
          "credentialStatus": [{ "id": "https://status.example/lists/1/revocation#4711", "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "4711", "statusListCredential": "https://status.example/lists/1/revocation" }]
        }
        """);
}
