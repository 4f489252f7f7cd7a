using System.Globalization;
using System.Text.Json;
using Credentials.DataModel;
using Credentials.Status;

namespace Credentials.IssuerApi.Status;

/// <summary>How a status list entry stands in a credential: the index as text, as the specification has it.</summary>
/// <remarks>https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry</remarks>
internal static class StatusEntryJson
{
    /// <summary>What the values of an entry of the purpose <c>message</c> mean.</summary>
    public static IReadOnlyList<StatusMessage> Messages { get; } = [new(0, [new LanguageValue("not superseded", null, null)]), new(1, [new LanguageValue("superseded", null, null)])];

    public static void Write(Utf8JsonWriter writer, BitstringStatusListEntry entry)
    {
        string index = entry.StatusListIndex.ToString(CultureInfo.InvariantCulture);
        writer.WriteStartObject();
        writer.WriteString("id", $"{entry.StatusListCredential.OriginalString}#{index}");
        writer.WriteString("type", BitstringStatusListEntry.Type);
        writer.WriteString("statusPurpose", entry.StatusPurpose);
        writer.WriteString("statusListIndex", index);
        writer.WriteString("statusListCredential", entry.StatusListCredential.OriginalString);
        if (entry.StatusMessages.Count > 0)
        {
            WriteMessages(writer, entry.StatusMessages);
        }

        writer.WriteEndObject();
    }

    private static void WriteMessages(Utf8JsonWriter writer, IReadOnlyList<StatusMessage> messages)
    {
        writer.WriteStartArray("statusMessage");
        foreach (StatusMessage message in messages)
        {
            writer.WriteStartObject();
            writer.WriteString("status", string.Create(CultureInfo.InvariantCulture, $"0x{message.Status:x}"));
            writer.WriteString("message", message.Texts[0].Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
