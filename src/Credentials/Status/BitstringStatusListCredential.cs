using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Credentials.DataModel;
using Credentials.Encoding;

namespace Credentials.Status;

/// <summary>The content of a status list credential, read from a credential whose proof the caller has verified.</summary>
/// <param name="Id">The <c>credentialSubject.id</c>, if any.</param>
/// <param name="StatusPurpose">The purposes that the list speaks for.</param>
/// <param name="TimeToLive">How long it may be cached; null when not said.</param>
/// <param name="List">The bits.</param>
/// <remarks>https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential</remarks>
public sealed record BitstringStatusListCredential(string? Id, IReadOnlyList<string> StatusPurpose, TimeSpan? TimeToLive, BitstringStatusList List)
{
    /// <summary>The type of the credential.</summary>
    public const string Type = "BitstringStatusListCredential";

    /// <summary>The type of its subject.</summary>
    public const string SubjectType = "BitstringStatusList";

    /// <summary>The member of the subject that tells what replaced a superseded credential: a JSON object from index (base 10, as in <c>statusListIndex</c>) to the <c>id</c> of the successor.</summary>
    /// <remarks>A term of our own, defined in the list's own <c>@context</c> as a JSON literal, so that any JSON-LD library takes the list. It stands in lists of purpose <c>message</c>.</remarks>
    public const string ReplacementsMember = "replacements";

    private const string ReplacementsTerm = "urn:credentials:replacements:v1";
    private const int LongestReplacement = 2048;

    // A year; whoever writes more means "for ever", which nobody should.
    private const long MaxTimeToLive = 366L * 24 * 60 * 60 * 1000;

    /// <summary>What replaced the superseded credentials, by their index; empty where the list tells of none.</summary>
    public IReadOnlyDictionary<long, string> Replacements { get; init; } = new Dictionary<long, string>();

    /// <summary>Reads the list out of a credential of type <c>BitstringStatusListCredential</c>.</summary>
    public static Parsed<BitstringStatusListCredential> Read(VerifiableCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        if (!credential.Types.Contains(Type, StringComparer.Ordinal))
        {
            return Fault($"This is no {Type}.", "/type");
        }

        JsonElement subject = credential.Json.GetProperty("credentialSubject");
        if (subject.ValueKind != JsonValueKind.Object || !subject.TryGetProperty("type", out JsonElement type) || !CredentialRules.TypesOf(type).Contains(SubjectType))
        {
            return Fault($"The subject of a status list is one {SubjectType}.", "/credentialSubject");
        }

        if (ReadPurposes(subject) is not { } purposes)
        {
            return Fault("The statusPurpose is a string, or an array of strings.", "/credentialSubject/statusPurpose");
        }

        if (!TryReadTimeToLive(subject, out TimeSpan? timeToLive))
        {
            return Fault("The ttl is a number of milliseconds, of 0 or more.", "/credentialSubject/ttl");
        }

        if (!subject.TryGetProperty("encodedList", out JsonElement encoded) || encoded.ValueKind != JsonValueKind.String)
        {
            return Fault("The encodedList is missing, or no string.", "/credentialSubject/encodedList");
        }

        if (ReadReplacements(subject) is not { } replacements)
        {
            return Fault("The replacements are an object from indices to ids.", $"/credentialSubject/{ReplacementsMember}");
        }

        Parsed<BitstringStatusList> list = BitstringStatusList.Decode(encoded.GetString()!);
        return list.Ok
            ? new BitstringStatusListCredential(subject.TryGetProperty("id", out JsonElement id) ? id.GetString() : null, purposes, timeToLive, list.Value) { Replacements = replacements }
            : list.Problem with { Pointer = "/credentialSubject/encodedList" };
    }

    /// <summary>Builds the unsigned credential's JSON text.</summary>
    public static byte[] Build(
        Uri id,
        string issuer,
        string statusPurpose,
        BitstringStatusList list,
        DateTimeOffset validFrom,
        DateTimeOffset validUntil,
        TimeSpan timeToLive,
        IReadOnlyDictionary<long, string>? replacements = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(list);
        var text = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(text);
        writer.WriteStartObject();
        writer.WriteStartArray("@context");
        writer.WriteStringValue(CredentialRules.ContextV2);
        WriteReplacementsContext(writer, replacements);
        writer.WriteEndArray();
        writer.WriteString("id", id.AbsoluteUri);
        writer.WriteStartArray("type");
        writer.WriteStringValue("VerifiableCredential");
        writer.WriteStringValue(Type);
        writer.WriteEndArray();
        writer.WriteString("issuer", issuer);
        writer.WriteString("validFrom", XsdDateTime.Format(validFrom));
        writer.WriteString("validUntil", XsdDateTime.Format(validUntil));
        writer.WriteStartObject("credentialSubject");
        writer.WriteString("id", id.AbsoluteUri + "#list");
        writer.WriteString("type", SubjectType);
        writer.WriteString("statusPurpose", statusPurpose);
        writer.WriteNumber("ttl", (long)timeToLive.TotalMilliseconds);
        writer.WriteString("encodedList", list.Encode());
        WriteReplacements(writer, replacements);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return text.WrittenSpan.ToArray();
    }

    private static void WriteReplacementsContext(Utf8JsonWriter writer, IReadOnlyDictionary<long, string>? replacements)
    {
        if (replacements is { Count: > 0 })
        {
            writer.WriteStartObject();
            writer.WriteStartObject(ReplacementsMember);
            writer.WriteString("@id", ReplacementsTerm);
            writer.WriteString("@type", "@json");
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }

    private static void WriteReplacements(Utf8JsonWriter writer, IReadOnlyDictionary<long, string>? replacements)
    {
        if (replacements is { Count: > 0 })
        {
            writer.WriteStartObject(ReplacementsMember);
            foreach ((long index, string successor) in replacements.OrderBy(pair => pair.Key))
            {
                writer.WriteString(index.ToString(CultureInfo.InvariantCulture), successor);
            }

            writer.WriteEndObject();
        }
    }

    private static Dictionary<long, string>? ReadReplacements(JsonElement subject)
    {
        Dictionary<long, string> replacements = [];
        if (!subject.TryGetProperty(ReplacementsMember, out JsonElement map))
        {
            return replacements;
        }

        if (map.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (JsonProperty pair in map.EnumerateObject())
        {
            if (!long.TryParse(pair.Name, NumberStyles.None, CultureInfo.InvariantCulture, out long index)
                || pair.Value is not { ValueKind: JsonValueKind.String } value || value.GetString() is not { Length: > 0 and <= LongestReplacement } successor
                || !replacements.TryAdd(index, successor))
            {
                return null;
            }
        }

        return replacements;
    }

    private static string[]? ReadPurposes(JsonElement subject)
    {
        if (!subject.TryGetProperty("statusPurpose", out JsonElement purpose))
        {
            return null;
        }

        JsonElement[] items = purpose.ValueKind == JsonValueKind.Array ? [.. purpose.EnumerateArray()] : [purpose];
        return items.Length > 0 && items.All(item => item.ValueKind == JsonValueKind.String)
            ? [.. items.Select(item => item.GetString()!)]
            : null;
    }

    private static bool TryReadTimeToLive(JsonElement subject, out TimeSpan? timeToLive)
    {
        timeToLive = null;
        if (!subject.TryGetProperty("ttl", out JsonElement ttl))
        {
            return true;
        }

        if (ttl.ValueKind != JsonValueKind.Number || !ttl.TryGetInt64(out long milliseconds) || milliseconds < 0)
        {
            return false;
        }

        timeToLive = TimeSpan.FromMilliseconds(Math.Min(milliseconds, MaxTimeToLive));
        return true;
    }

    private static Problem Fault(string detail, string pointer) => new(ProblemCode.StatusVerificationError, detail, pointer);
}
