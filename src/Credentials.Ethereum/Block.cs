using Credentials.Anchoring;

namespace Credentials.Ethereum;

/// <summary>A block by tag, or by number.</summary>
public readonly record struct BlockTag(string Value)
{
    /// <summary>The newest block.</summary>
    public static BlockTag Latest => new("latest");

    /// <summary>The newest safe block.</summary>
    public static BlockTag Safe => new("safe");

    /// <summary>The newest finalized block.</summary>
    public static BlockTag Finalized => new("finalized");

    /// <summary>One block.</summary>
    public static BlockTag Number(ulong number) => new("0x" + number.ToString("x", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The block that lies so many below another, or the first one.</summary>
    internal static BlockTag Below(BlockHeader head, ulong depth) => Number(head.Number > depth ? head.Number - depth : 0);
}

/// <summary>A block's header, as far as we need it.</summary>
public sealed record BlockHeader(ulong Number, Bytes32 Hash, DateTimeOffset Time);
