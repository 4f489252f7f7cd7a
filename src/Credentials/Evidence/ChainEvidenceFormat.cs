using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Encoding;

namespace Credentials.Evidence;

/// <summary>The JSON form of <see cref="ChainEvidence"/>: all bytes as <c>0x</c> and hexadecimal, time-stamp tokens as base64url.</summary>
/// <remarks><c>{"registry":"eip155:…","genesisHash":"0x…","header":"0x…","accountProof":["0x…"],"storageProofs":[{"slot":"0x…","nodes":["0x…"]}],"witnesses":[{"type":"rfc3161"|"jws","value":"…"}]}</c></remarks>
internal static class ChainEvidenceFormat
{
    public static void Write(Utf8JsonWriter writer, ChainEvidence evidence)
    {
        writer.WriteStartObject();
        writer.WriteString("registry", evidence.Registry.ToString());
        writer.WriteString("genesisHash", evidence.GenesisHash.ToString());
        writer.WriteString("header", EvidenceText.Hex(evidence.Header.Span));
        WriteNodes(writer, "accountProof", evidence.AccountProof);
        writer.WriteStartArray("storageProofs");
        foreach (StorageProof proof in evidence.StorageProofs)
        {
            writer.WriteStartObject();
            writer.WriteString("slot", proof.Slot.ToString());
            WriteNodes(writer, "nodes", proof.Nodes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("witnesses");
        foreach (WitnessStatement witness in evidence.Witnesses)
        {
            writer.WriteStartObject();
            writer.WriteString("type", witness.Type);
            writer.WriteString("value", witness.Type == WitnessStatement.Signature ? System.Text.Encoding.ASCII.GetString(witness.Value.Span) : StrictBase64Url.Encode(witness.Value.Span));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static ChainEvidence? Read(AnchorJsonReader reader, JsonElement json, string pointer)
    {
        var chain = new AnchorJsonReader(json, pointer, ProblemCode.EvidenceError);
        chain.AllowOnly("registry", "genesisHash", "header", "accountProof", "storageProofs", "witnesses");
        var evidence = new ChainEvidence(
            chain.Registry() ?? new(0, ""),
            chain.Hash("genesisHash"),
            chain.Bytes("header", EvidenceText.MaxHeader),
            chain.Nodes("accountProof"),
            [.. chain.Array("storageProofs", EvidenceText.MaxSlots).Select((item, i) => ReadProof(chain, item, $"{pointer}/storageProofs/{i}"))],
            [.. chain.Array("witnesses", EvidenceText.MaxWitnesses).Select((item, i) => ReadWitness(chain, item, $"{pointer}/witnesses/{i}"))]);
        reader.Adopt(chain);
        return evidence;
    }

    private static void WriteNodes(Utf8JsonWriter writer, string name, IReadOnlyList<ReadOnlyMemory<byte>> nodes)
    {
        writer.WriteStartArray(name);
        foreach (ReadOnlyMemory<byte> node in nodes)
        {
            writer.WriteStringValue(EvidenceText.Hex(node.Span));
        }

        writer.WriteEndArray();
    }

    private static StorageProof ReadProof(AnchorJsonReader chain, JsonElement json, string pointer)
    {
        var reader = new AnchorJsonReader(json, pointer, ProblemCode.EvidenceError);
        reader.AllowOnly("slot", "nodes");
        var proof = new StorageProof(reader.Hash("slot"), reader.Nodes("nodes"));
        chain.Adopt(reader);
        return proof;
    }

    private static WitnessStatement ReadWitness(AnchorJsonReader chain, JsonElement json, string pointer)
    {
        var reader = new AnchorJsonReader(json, pointer, ProblemCode.EvidenceError);
        reader.AllowOnly("type", "value");
        string type = reader.Text("type") ?? "";
        string text = reader.Text("value") ?? "";
        byte[]? value = type switch
        {
            _ when text.Length is 0 or > EvidenceText.MaxWitness => null,
            WitnessStatement.TimeStamp => StrictBase64Url.Decode(text),
            WitnessStatement.Signature when System.Text.Ascii.IsValid(text) => System.Text.Encoding.ASCII.GetBytes(text),
            _ => null,
        };
        if (value is null)
        {
            reader.Fault("Expected a time-stamp token (rfc3161, base64url) or a compact JWS (jws).", type is WitnessStatement.TimeStamp or WitnessStatement.Signature ? "value" : "type");
        }

        chain.Adopt(reader);
        return new(type, value);
    }
}
