using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Encoding;

namespace Credentials.Evidence;

/// <summary>One file that proves a diploma without a network: the credential and everything that chain, accreditors and status hosts said of it on one day. All of it is a claim until it is verified.</summary>
/// <param name="Credential">The credential, in its form.</param>
/// <remarks>
/// JSON: <c>{"type":"EvidenceBundle","version":1,"mediaType":"application/vc","credential":{…}|"…","receipt":{…},"chain":{…},"accreditation":{…},"statusLists":[{"url","mediaType","credential"}],"contexts":{url:"0x…"},"earlier":[{"receipt","chain","accreditation"}]}</c>.
/// A credential in JSON stands as an object, a compact one as its text, a COSE one as base64url. <c>receipt</c>, <c>chain</c> and <c>accreditation</c> may be absent, and the lists be empty.
/// The same bundle has the same bytes always.
/// </remarks>
public sealed record EvidenceBundle(BundledDocument Credential)
{
    /// <summary>The value of <c>type</c>.</summary>
    public const string Type = "EvidenceBundle";

    /// <summary>The media type under which it is served.</summary>
    public const string MediaType = "application/vnd.credentials.evidence+json";

    /// <summary>Bytes that are read at most.</summary>
    public const int MaxLength = 8 * 1024 * 1024;

    private const int MaxStatusLists = 16;
    private const int MaxContexts = 64;
    private const int MaxEarlier = 4;

    /// <summary>The receipt under whose root the evidence is witnessed.</summary>
    public AnchorReceipt? Receipt { get; init; }

    /// <summary>What the registry said.</summary>
    public ChainEvidence? Chain { get; init; }

    /// <summary>Who vouches for the institution.</summary>
    public AccreditationPath? Accreditation { get; init; }

    /// <summary>Status lists as they were on the day.</summary>
    public IReadOnlyList<BundledStatusList> StatusLists { get; init; } = [];

    /// <summary>The contexts that the credential names: SHA-256 of each one's JCS form.</summary>
    public IReadOnlyDictionary<string, Bytes32> Contexts { get; init; } = new Dictionary<string, Bytes32>(StringComparer.Ordinal);

    /// <summary>Evidence of registries in which it was anchored before, newest first: what a migration put under <see cref="Receipt"/>'s root.</summary>
    public IReadOnlyList<EarlierEvidence> Earlier { get; init; } = [];

    /// <summary>Whether the text says of itself that it is one; reading it may still fail. Looks at the beginning alone, as <see cref="ToUtf8"/> writes it, or at any place when there is no other type.</summary>
    public static bool IsOne(ReadOnlySpan<byte> utf8) =>
        utf8.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] && utf8.Length <= MaxLength && utf8.IndexOf("\"EvidenceBundle\""u8) >= 0 && SaysSo(utf8);

    /// <summary>Reads it.</summary>
    public static Parsed<EvidenceBundle> Parse(ReadOnlyMemory<byte> utf8)
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(utf8, MaxLength);
        if (!parsed.Ok)
        {
            return parsed.Problem with { Code = ProblemCode.EvidenceError };
        }

        using JsonDocument document = parsed.Value;
        return Read(document.RootElement);
    }

    /// <summary>Writes it.</summary>
    public byte[] ToUtf8() => EvidenceText.Utf8(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", Type);
        writer.WriteNumber("version", 1);
        Credential.WriteTo(writer);
        if (Receipt is not null)
        {
            writer.WritePropertyName("receipt");
            AnchorReceiptFormat.WriteJson(writer, Receipt);
        }

        if (Chain is not null)
        {
            writer.WritePropertyName("chain");
            ChainEvidenceFormat.Write(writer, Chain);
        }

        if (Accreditation is not null)
        {
            writer.WritePropertyName("accreditation");
            Accreditation.WriteTo(writer);
        }

        WriteLists(writer);
        writer.WriteEndObject();
    });

    private void WriteLists(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("statusLists");
        foreach (BundledStatusList list in StatusLists.OrderBy(list => list.Url, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("url", list.Url);
            list.Document.WriteTo(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("contexts");
        foreach ((string url, Bytes32 digest) in Contexts.OrderBy(context => context.Key, StringComparer.Ordinal))
        {
            writer.WriteString(url, digest.ToString());
        }

        writer.WriteEndObject();
        writer.WriteStartArray("earlier");
        foreach (EarlierEvidence earlier in Earlier)
        {
            earlier.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    private static Parsed<EvidenceBundle> Read(JsonElement json)
    {
        var reader = new AnchorJsonReader(json, code: ProblemCode.EvidenceError);
        reader.Type(Type);
        reader.Version();
        reader.AllowOnly("type", "version", "mediaType", "credential", "receipt", "chain", "accreditation", "statusLists", "contexts", "earlier");
        var bundle = new EvidenceBundle(BundledDocument.Read(reader))
        {
            Receipt = reader.Member("receipt") is { } receipt ? EarlierEvidence.ReadReceipt(reader, receipt, "/receipt") : null,
            Chain = reader.Member("chain") is { } chain ? ChainEvidenceFormat.Read(reader, chain, "/chain") : null,
            Accreditation = EarlierEvidence.ReadPath(reader, "/accreditation"),
            StatusLists = [.. reader.Array("statusLists", MaxStatusLists).Select((item, i) => BundledStatusList.Read(reader, item, $"/statusLists/{i}"))],
            Contexts = ReadContexts(reader),
            Earlier = [.. reader.Array("earlier", MaxEarlier).Select((item, i) => EarlierEvidence.Read(reader, item, $"/earlier/{i}")).OfType<EarlierEvidence>()],
        };
        return reader.Problem is { } problem ? problem : bundle;
    }

    private static Dictionary<string, Bytes32> ReadContexts(AnchorJsonReader reader)
    {
        var contexts = new Dictionary<string, Bytes32>(StringComparer.Ordinal);
        if (reader.Member("contexts") is not { ValueKind: JsonValueKind.Object } json || json.GetPropertyCount() > MaxContexts)
        {
            reader.Fault($"Expected an object of at most {MaxContexts} members.", "contexts");
            return contexts;
        }

        foreach (JsonProperty context in json.EnumerateObject())
        {
            Bytes32 digest = default;
            if (context.Value.ValueKind != JsonValueKind.String || !Bytes32.TryParse(context.Value.GetString(), out digest))
            {
                reader.Fault($"Expected 0x and 64 hexadecimal digits for {context.Name}.", "contexts");
            }

            contexts[context.Name] = digest;
        }

        return contexts;
    }

    // A diploma in whose text the words stand must not be taken for a bundle.
    private static bool SaysSo(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new() { MaxDepth = StrictJson.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader is { CurrentDepth: 1, TokenType: JsonTokenType.PropertyName } && reader.ValueTextEquals("type"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("EvidenceBundle"u8);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }

        return false;
    }
}
