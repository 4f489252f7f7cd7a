using System.Text.Json.Nodes;
using Credentials.Encoding;

namespace Credentials.JwtVcs;

/// <summary>Brings a document of VCDM 1.1 into the claims of a JWT.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-model/#jwt-encoding</remarks>
internal static class JwtVcClaims
{
    /// <summary>The claims of a credential, whose own members give way to them; fractions of seconds are dropped from the times.</summary>
    /// <param name="document">A credential of VCDM 1.1 that keeps its rules.</param>
    public static JsonObject Of(JsonObject document)
    {
        var vc = (JsonObject)document.DeepClone();
        var claims = new JsonObject();

        // "iss MUST represent the issuer property": an issuer with a name stays in the document, too.
        claims["iss"] = vc["issuer"] is JsonObject party ? party["id"]?.DeepClone() : Take(vc, "issuer");

        // "sub MUST represent the id property contained in the credentialSubject."
        if (vc["credentialSubject"] is JsonObject subject && Take(subject, "id") is { } id)
        {
            claims["sub"] = id;
        }

        // "nbf MUST represent issuanceDate", "exp MUST represent the expirationDate property, encoded as a UNIX timestamp (NumericDate)", "jti MUST represent the id property".
        Time(claims, "nbf", Take(vc, "issuanceDate"));
        Time(claims, "exp", Take(vc, "expirationDate"));
        if (Take(vc, "id") is { } own)
        {
            claims["jti"] = own;
        }

        claims["vc"] = vc;
        return claims;
    }

    private static void Time(JsonObject claims, string name, JsonNode? value)
    {
        if (value is not null && XsdDateTime.TryParse(value.GetValue<string>(), out DateTimeOffset time))
        {
            claims[name] = time.ToUnixTimeSeconds();
        }
    }

    private static JsonNode? Take(JsonObject owner, string name)
    {
        JsonNode? value = owner[name];
        owner.Remove(name);
        return value;
    }
}
