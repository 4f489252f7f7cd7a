using System.Buffers;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Canonicalization;

namespace Credentials.Evidence;

/// <summary>Bytes in the JSON of evidence, and its limits: generous for every chain that there is, too small to exhaust a reader.</summary>
internal static class EvidenceText
{
    /// <summary>Headers have about 600 bytes.</summary>
    public const int MaxHeader = 4 * 1024;

    /// <summary>A node of a trie has at most 532 bytes, with a value of 32 bytes inside a little more.</summary>
    public const int MaxNode = 2 * 1024;

    /// <summary>Nodes on the way to one key: no key has more than 64 nibbles.</summary>
    public const int MaxNodes = 65;

    /// <summary>Slots: a path of four links with keys and identities takes about forty.</summary>
    public const int MaxSlots = 128;

    /// <summary>Witnesses; each costs a signature.</summary>
    public const int MaxWitnesses = 8;

    /// <summary>A token with its certificates.</summary>
    public const int MaxWitness = 64 * 1024;

    public static string Hex(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    /// <summary>Bytes written as <c>0x</c> and hexadecimal; a fault of the reader where they are not.</summary>
    public static byte[] Bytes(this AnchorJsonReader reader, string name, int most)
    {
        byte[]? bytes = TryBytes(reader.Text(name), most);
        if (bytes is null)
        {
            reader.Fault($"Expected 0x and hexadecimal digits of 1 to {most} bytes.", name);
        }

        return bytes ?? [];
    }

    /// <summary>An array of such.</summary>
    public static ReadOnlyMemory<byte>[] Nodes(this AnchorJsonReader reader, string name)
    {
        JsonElement[] items = reader.Array(name, MaxNodes);
        var nodes = new ReadOnlyMemory<byte>[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            byte[]? node = items[i].ValueKind == JsonValueKind.String ? TryBytes(items[i].GetString(), MaxNode) : null;
            if (node is null)
            {
                reader.Fault($"Expected 0x and hexadecimal digits of 1 to {MaxNode} bytes.", name, i);
            }

            nodes[i] = node;
        }

        return nodes;
    }

    /// <summary>The text that a writer writes.</summary>
    public static byte[] Utf8(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The JCS form of what a writer writes.</summary>
    public static byte[] Canonical(Action<Utf8JsonWriter> write)
    {
        using JsonDocument document = JsonDocument.Parse(Utf8(write));
        return Jcs.Canonicalize(document.RootElement);
    }

    private static byte[]? TryBytes(string? text, int most)
    {
        if (text is null || !text.StartsWith("0x", StringComparison.Ordinal) || text.Length % 2 != 0 || text.Length < 4 || text.Length > 2 + (2 * most))
        {
            return null;
        }

        byte[] bytes = new byte[(text.Length - 2) / 2];
        return Convert.FromHexString(text.AsSpan(2), bytes, out _, out _) == OperationStatus.Done ? bytes : null;
    }
}
