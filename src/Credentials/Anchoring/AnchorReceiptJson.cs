using System.Globalization;
using System.Text.Json;

namespace Credentials.Anchoring;

/// <summary>The JSON form of <see cref="AnchorReceiptFormat"/>.</summary>
internal static class AnchorReceiptJson
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    internal static void Write(Utf8JsonWriter writer, AnchorReceipt receipt)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", AnchorReceiptFormat.Version);
        writer.WriteNumber("leafIndex", receipt.LeafIndex);
        writer.WriteNumber("treeSize", receipt.TreeSize);
        writer.WriteStartArray("path");
        foreach (Bytes32 hash in receipt.Path)
        {
            writer.WriteStringValue(hash.ToString());
        }

        writer.WriteEndArray();
        writer.WriteString("root", receipt.Root.ToString());
        writer.WriteString("registry", receipt.Registry.ToString());
        writer.WriteString("institution", receipt.Institution.ToString());
        if (receipt.Hints is { } hints)
        {
            Write(writer, hints);
        }

        writer.WriteEndObject();
    }

    internal static void Write(Utf8JsonWriter writer, AnchorHints hints)
    {
        writer.WriteStartObject("hints");
        writer.WriteString("transactionHash", hints.TransactionHash.ToString());
        writer.WriteNumber("blockNumber", hints.BlockNumber);
        writer.WriteString("blockHash", hints.BlockHash.ToString());
        writer.WriteString("blockTime", hints.BlockTime.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }

    internal static Parsed<AnchorReceipt> Read(JsonElement json)
    {
        var reader = new AnchorJsonReader(json);
        reader.Version();
        reader.AllowOnly("version", "leafIndex", "treeSize", "path", "root", "registry", "institution", "hints");
        long index = reader.Number("leafIndex");
        long size = reader.Number("treeSize");
        Bytes32[] path = ReadPath(reader);
        Bytes32 root = reader.Hash("root");
        RegistryAddress? registry = reader.Registry();
        Bytes32 institution = reader.Hash("institution");
        AnchorHints? hints = ReadHints(reader);
        if (reader.Problem is { } problem)
        {
            return problem;
        }

        var receipt = new AnchorReceipt(index, size, path, new(root), registry!, new(institution), hints);
        return AnchorReceiptFormat.FaultOf(receipt) is { } fault ? new Problem(ProblemCode.AnchorReceiptError, fault, "") : receipt;
    }

    internal static AnchorHints? ReadHints(AnchorJsonReader reader)
    {
        if (!reader.TryObject("hints", out AnchorJsonReader? hints))
        {
            return null;
        }

        hints.AllowOnly("transactionHash", "blockNumber", "blockHash", "blockTime");
        Bytes32 transaction = hints.Hash("transactionHash");
        ulong number = (ulong)hints.Number("blockNumber");
        Bytes32 block = hints.Hash("blockHash");
        bool timely = DateTimeOffset.TryParseExact(hints.Text("blockTime"), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time);
        if (!timely)
        {
            hints.Fault("The block time is written like 2026-06-30T12:00:00Z.", "blockTime");
        }

        reader.Adopt(hints);
        return new(transaction, number, block, time);
    }

    private static Bytes32[] ReadPath(AnchorJsonReader reader)
    {
        JsonElement[] items = reader.Array("path", AnchorReceiptFormat.MaxPath);
        var path = new Bytes32[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].ValueKind != JsonValueKind.String || !Bytes32.TryParse(items[i].GetString(), out path[i]))
            {
                reader.Fault("A hash is written as 0x and 64 hexadecimal digits.", "path", i);
            }
        }

        return path;
    }
}
