using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Canonicalization;
using Credentials.DataModel;

namespace Credentials.Status;

/// <summary>The claim <c>status</c> of a JWT, brought to entries of <c>credentialStatus</c>, so that it is asked wherever a credential carries it: an issuer that revokes by it has said so in the form's own way.</summary>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-status-list-20.html#name-status-claim. A mechanism that is not known here becomes an entry of its name: nobody can tell what it says.</remarks>
internal static class StatusClaim
{
    private const string Name = "status";
    private const string Entries = "credentialStatus";
    private const string Unknown = "urn:ietf:params:oauth:status:";

    /// <summary>Whether there is one.</summary>
    public static bool IsIn(JsonElement claims) => claims.TryGetProperty(Name, out _);

    /// <summary>Tells what is wrong with it. "The status claim MUST specify a JSON Object that contains at least one reference to a status mechanism."</summary>
    public static void Check(ShapeCheck check, JsonElement claims)
    {
        if (!claims.TryGetProperty(Name, out JsonElement status))
        {
            return;
        }

        if (status.ValueKind != JsonValueKind.Object || status.GetPropertyCount() == 0)
        {
            check.Malformed("/status", "The status is an object that names at least one mechanism.");
        }
        else if (status.TryGetProperty("status_list", out JsonElement reference) && Shapes.IsObject(check, reference, "/status/status_list"))
        {
            TokenStatusListEntry.Read(check, reference, "/status/status_list");
        }
    }

    /// <summary>The mechanisms of a claim that <see cref="Check"/> found sound.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="hasIds">Whether entries need ids, as in VCDM 1.1.</param>
    public static IEnumerable<JsonObject> EntriesOf(JsonElement claims, bool hasIds)
    {
        if (!claims.TryGetProperty(Name, out JsonElement status))
        {
            yield break;
        }

        foreach (JsonProperty mechanism in status.EnumerateObject())
        {
            var entry = new JsonObject();
            string type = Unknown + Uri.EscapeDataString(mechanism.Name);
            string id = type;
            if (mechanism.NameEquals("status_list"u8))
            {
                long index = mechanism.Value.GetProperty("idx").GetInt64();
                string uri = mechanism.Value.GetProperty("uri").GetString()!;
                (type, id) = (TokenStatusListEntry.Type, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{uri}#{index}"));
                (entry["idx"], entry["uri"]) = (index, uri);
            }

            entry["type"] = type;
            if (hasIds)
            {
                entry["id"] = id;
            }

            yield return entry;
        }
    }

    /// <summary>A document with the entries of its own claim <c>status</c> among those of its <c>credentialStatus</c>, everything else as it is written; the very text where it has no such claim.</summary>
    /// <param name="text">The text.</param>
    /// <param name="document">The same, parsed.</param>
    public static (ReadOnlyMemory<byte> Text, Problem? Problem) Merge(ReadOnlyMemory<byte> text, JsonElement document)
    {
        if (!IsIn(document))
        {
            return (text, null);
        }

        var check = new ShapeCheck();
        Check(check, document);
        if (check.Problems is [var problem, ..])
        {
            return (default, problem);
        }

        var output = new ByteBuffer(text.Length + 512);
        output.Append("{\"credentialStatus\":"u8);
        WriteEntries(output, document, hasIds: true);
        foreach (JsonProperty member in document.EnumerateObject().Where(member => member.Name is not (Name or Entries)))
        {
            output.Append((byte)',');
            output.AppendQuoted(JsonMarshal.GetRawUtf8PropertyName(member));
            output.Append((byte)':');
            output.Append(JsonMarshal.GetRawUtf8Value(member.Value));
        }

        output.Append((byte)'}');
        return (output.Written.ToArray(), null);
    }

    /// <summary>Writes an array of all entries: those of <c>status</c>, and those of <c>credentialStatus</c> as they are written.</summary>
    public static void WriteEntries(ByteBuffer output, JsonElement claims, bool hasIds)
    {
        byte before = (byte)'[';
        foreach (JsonObject entry in EntriesOf(claims, hasIds))
        {
            output.Append(before);
            output.Append(JsonSerializer.SerializeToUtf8Bytes(entry));
            before = (byte)',';
        }

        if (claims.TryGetProperty(Entries, out JsonElement entries))
        {
            foreach (JsonElement entry in entries.ValueKind == JsonValueKind.Array ? [.. entries.EnumerateArray()] : new[] { entries })
            {
                output.Append(before);
                output.Append(JsonMarshal.GetRawUtf8Value(entry));
                before = (byte)',';
            }
        }

        output.Append(before == (byte)'[' ? "[]"u8 : "]"u8);
    }
}
