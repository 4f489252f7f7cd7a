using System.Globalization;
using System.Text.Json;
using Credentials.DataModel;
using Credentials.Encoding;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.Securing;

namespace Credentials.Cli.Input;

/// <summary>What the words of <c>credentials sign</c> mean for a form and a document.</summary>
internal static class SigningWords
{
    private const int MostDecoys = 64;

    /// <summary>The options, when each of them means something in that form: one that would be passed over is misuse.</summary>
    /// <exception cref="MisuseException">An option does not fit, or its value cannot be read.</exception>
    public static SecuringOptions OptionsOf(Arguments arguments, SecuringForm form, PublicKey key, TimeProvider clock)
    {
        Require(form.Name == "ecdsa-sd-2023", form, arguments, "--mandatory");
        Require(form.Name.EndsWith("+sd-jwt", StringComparison.Ordinal), form, arguments, "--disclose", "--decoys", "--holder-key");
        Require(form.Kinds.HasFlag(SecuredKinds.Presentation), form, arguments, "--challenge", "--domain");
        return new SecuringOptions(GivenKey.MethodOf(arguments["--verification-method"], arguments["--did"], key), DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds()))
        {
            Challenge = arguments["--challenge"],
            Domain = arguments["--domain"],
            Expires = TimeOf(arguments["--expires"]),
            MandatoryPointers = arguments.All("--mandatory"),
            Disclosures = new DisclosureFrame(arguments.All("--disclose")) { Decoys = DecoysOf(arguments["--decoys"]) },
            HolderKey = arguments["--holder-key"] is { } path ? GivenKey.ReadPublic(path) : null,
        };
    }

    /// <summary>Whether a text is a presentation; what is neither is for the rules of credentials to refuse.</summary>
    public static SecuredKinds KindOf(ReadOnlyMemory<byte> document)
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(document);
        if (!parsed.Ok)
        {
            return SecuredKinds.Credential;
        }

        using JsonDocument json = parsed.Value;
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("type", out JsonElement type) && Names(type).Contains(VerifiablePresentation.Type)
            ? SecuredKinds.Presentation
            : SecuredKinds.Credential;
    }

    /// <summary>A signature by another's key is a signature, but no verifier takes it for the issuer's: that is said, not refused.</summary>
    public static async Task WarnOfForeignKeyAsync(ReadOnlyMemory<byte> document, SecuredKinds kind, string verificationMethod, Surroundings around)
    {
        string did = verificationMethod.Split('#')[0];
        string member = kind == SecuredKinds.Presentation ? "holder" : "issuer";
        Parsed<JsonDocument> parsed = StrictJson.Parse(document);
        using JsonDocument? json = parsed.Value;
        if (json?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(member, out JsonElement party) && IdOf(party) is { } id && id != did)
        {
            await around.Error.WriteLineAsync($"credentials: note that the {member} is {DisplayText.Of(id, 200)}, and the key is of {did}.");
        }
    }

    private static void Require(bool fits, SecuringForm form, Arguments arguments, params ReadOnlySpan<string> options)
    {
        foreach (string option in options)
        {
            if (!fits && arguments.Has(option))
            {
                throw new MisuseException($"{option} means nothing in {form.Name}.");
            }
        }
    }

    private static DateTimeOffset? TimeOf(string? text) => text is null ? null
        : XsdDateTime.TryParse(text, out DateTimeOffset time) ? time
        : throw new MisuseException($"--expires {text} is no time: write 2027-01-31T00:00:00Z.");

    private static int DecoysOf(string? text) => text is null ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= MostDecoys ? number
        : throw new MisuseException($"--decoys {text} must be a number up to {MostDecoys}.");

    private static IEnumerable<string?> Names(JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString())
        : type.ValueKind == JsonValueKind.String ? [type.GetString()] : [];

    private static string? IdOf(JsonElement party) => party.ValueKind switch
    {
        JsonValueKind.String => party.GetString(),
        JsonValueKind.Object when party.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String => id.GetString(),
        _ => null,
    };
}
