using System.Text.Json;
using Credentials.Encoding;
using Credentials.OpenId.Presentation.Dcql;

namespace Credentials.OpenId.Examples;

/// <summary>The pointers that the specifications show on their example of a credential, and what each selects.</summary>
internal static class ClaimsPathExample
{
    private static readonly (string Path, string[] Selected)[] Paths =
    [
        ("""["name"]""", ["\"Arthur Dent\""]),
        ("""["address", "street_address"]""", ["\"42 Market Street\""]),
        ("""["degrees", null, "type"]""", ["\"Bachelor of Science\"", "\"Master of Science\""]),
        ("""["nationalities", 1]""", ["\"Betelgeusian\""]),
    ];

    public static Problem? Check(JsonElement credential)
    {
        foreach ((string path, string[] selected) in Paths)
        {
            IReadOnlyList<string> found = ClaimsPath.Read(ExampleRow.JsonOf(path), "").Value!.Select(credential);
            if (!found.Select(pointer => JsonPointer.Find(credential, pointer)!.Value.GetRawText()).SequenceEqual(selected))
            {
                return new("DIFFERS", $"{path} selects {string.Join(", ", found)}.");
            }
        }

        return ClaimsPath.Of("address").Select(credential) is ["/address"] ? null : new("DIFFERS", "[\"address\"] selects something else.");
    }
}
