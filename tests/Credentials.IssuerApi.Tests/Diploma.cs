using System.Text.Json.Nodes;

namespace Credentials.IssuerApi.Tests;

/// <summary>Unsigned diplomas for the tests.</summary>
internal static class Diploma
{
    public static JsonObject Unsigned(string name = "Maria Exemplo") => new()
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2", new JsonObject { ["@vocab"] = "urn:credentials:diploma:v1#" }),
        ["type"] = new JsonArray("VerifiableCredential", "Diploma"),
        ["credentialSubject"] = new JsonObject { ["type"] = "Learner", ["name"] = name, ["degree"] = "Licenciatura em Física" },
    };

    public static JsonObject With(string member, JsonNode? value)
    {
        JsonObject diploma = Unsigned();
        diploma[member] = value;
        return diploma;
    }
}
