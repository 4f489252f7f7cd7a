using System.Globalization;
using System.Text.Json;
using Credentials.Status;

namespace Credentials.IssuerApi.Status;

/// <summary>How a status list entry stands in a credential: the index as text, as the specification has it.</summary>
/// <remarks>https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry</remarks>
internal static class StatusEntryJson
{
    public static void Write(Utf8JsonWriter writer, BitstringStatusListEntry entry)
    {
        string index = entry.StatusListIndex.ToString(CultureInfo.InvariantCulture);
        writer.WriteStartObject();
        writer.WriteString("id", $"{entry.StatusListCredential.OriginalString}#{index}");
        writer.WriteString("type", BitstringStatusListEntry.Type);
        writer.WriteString("statusPurpose", entry.StatusPurpose);
        writer.WriteString("statusListIndex", index);
        writer.WriteString("statusListCredential", entry.StatusListCredential.OriginalString);
        writer.WriteEndObject();
    }
}
