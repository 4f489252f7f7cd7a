using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Credentials.JsonLd.Contexts;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Expansion;

/// <summary>The expanded form as JSON text.</summary>
/// <remarks>https://www.w3.org/TR/json-ld11/#expanded-document-form</remarks>
internal static class ExpandedWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 4096 };

    /// <summary>The text, in UTF-8.</summary>
    public static byte[] Write(ItemChain items)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            WriteArray(writer, items);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteArray(Utf8JsonWriter writer, ItemChain items)
    {
        writer.WriteStartArray();
        for (ExpandedItem? item = items.First; item is not null; item = item.Next)
        {
            WriteItem(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteItem(Utf8JsonWriter writer, ExpandedItem item)
    {
        writer.WriteStartObject();
        switch (item)
        {
            case ValueItem value:
                WriteValue(writer, value);
                break;
            case ListItem list:
                writer.WritePropertyName("@list");
                WriteArray(writer, list.Items);
                break;
            case NodeItem node:
                WriteNode(writer, node);
                break;
        }

        if (item.Index is not null)
        {
            writer.WriteString("@index", item.Index);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, ValueItem value)
    {
        writer.WritePropertyName("@value");
        if (value.Text is not null)
        {
            writer.WriteStringValue(value.Text);
        }
        else
        {
            // As it stands: a JSON literal may hold what no writer takes.
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value.Json), skipInputValidation: true);
        }

        if (value.IsJson || value.Type is not null)
        {
            writer.WriteString("@type", value.IsJson ? "@json" : IriExpansion.Text(value.Type!));
        }

        if (value.Language is not null)
        {
            writer.WriteString("@language", value.Language);
        }

        if (value.Direction is not null)
        {
            writer.WriteString("@direction", value.Direction);
        }
    }

    private static void WriteNode(Utf8JsonWriter writer, NodeItem node)
    {
        if (node.Has.Contains(Keyword.Id))
        {
            writer.WriteString("@id", node.Id is null ? null : IriExpansion.Text(node.Id));
        }

        if (node.Has.Contains(Keyword.Type))
        {
            writer.WriteStartArray("@type");
            foreach (RdfTerm type in node.Types)
            {
                writer.WriteStringValue(ReferenceEquals(type, IriExpansion.NoIri) ? null : IriExpansion.Text(type));
            }

            writer.WriteEndArray();
        }

        if (node.Has.Contains(Keyword.Graph))
        {
            writer.WritePropertyName("@graph");
            WriteArray(writer, node.Graph);
        }

        if (node.Has.Contains(Keyword.Included))
        {
            writer.WritePropertyName("@included");
            WriteArray(writer, node.Included);
        }

        WriteProperties(writer, node.Properties);
        if (node.Reverse is not null)
        {
            writer.WriteStartObject("@reverse");
            WriteProperties(writer, node.Reverse);
            writer.WriteEndObject();
        }
    }

    // One member for each property, however often it came; the last entry came first.
    private static void WriteProperties(Utf8JsonWriter writer, PropertyEntry? entries)
    {
        Dictionary<string, List<ItemChain>> merged = [];
        for (PropertyEntry? entry = entries; entry is not null; entry = entry.Next)
        {
            string property = IriExpansion.Text(entry.Property);
            if (!merged.TryGetValue(property, out List<ItemChain>? chains))
            {
                merged[property] = chains = [];
            }

            chains.Add(entry.Items);
        }

        foreach ((string property, List<ItemChain> chains) in merged.Reverse())
        {
            writer.WriteStartArray(property);
            foreach (ItemChain chain in Enumerable.Reverse(chains))
            {
                for (ExpandedItem? item = chain.First; item is not null; item = item.Next)
                {
                    WriteItem(writer, item);
                }
            }

            writer.WriteEndArray();
        }
    }
}
