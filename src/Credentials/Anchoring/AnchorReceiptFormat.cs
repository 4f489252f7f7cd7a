using System.Text.Json;

namespace Credentials.Anchoring;

/// <summary>The receipt on the wire: JSON for files and APIs, deterministic CBOR (RFC 8949 section 4.2) inside a credential. Version 1.</summary>
public static class AnchorReceiptFormat
{
    /// <summary>Writes the CBOR form.</summary>
    public static byte[] ToCbor(AnchorReceipt receipt) => throw new NotImplementedException();

    /// <summary>Reads the CBOR form; refuses what <see cref="ToCbor"/> would not write.</summary>
    public static Parsed<AnchorReceipt> FromCbor(ReadOnlyMemory<byte> cbor) => throw new NotImplementedException();

    /// <summary>Writes the JSON form.</summary>
    public static void WriteJson(Utf8JsonWriter writer, AnchorReceipt receipt) => throw new NotImplementedException();

    /// <summary>Reads the JSON form.</summary>
    public static Parsed<AnchorReceipt> FromJson(JsonElement element) => throw new NotImplementedException();
}
