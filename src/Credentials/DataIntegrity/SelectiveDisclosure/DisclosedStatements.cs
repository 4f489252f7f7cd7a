using System.Security.Cryptography;

namespace Credentials.DataIntegrity.SelectiveDisclosure;

/// <summary>Statements, parted into those that are always disclosed and the others; each part in order.</summary>
internal sealed class DisclosedStatements
{
    private readonly List<ReadOnlyMemory<byte>> _mandatory = [];

    public DisclosedStatements(IReadOnlyList<ReadOnlyMemory<byte>> lines, bool[] mandatory)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            (mandatory[i] ? _mandatory : NonMandatory).Add(lines[i]);
        }
    }

    /// <summary>Those that are signed one by one.</summary>
    public List<ReadOnlyMemory<byte>> NonMandatory { get; } = [];

    /// <summary>The hash of those that are signed together.</summary>
    /// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#hashmandatorynquads</remarks>
    public byte[] MandatoryHash()
    {
        // 1. Initialize bytes to the UTF-8 representation of the joined mandatory N-Quads. 2. Initialize mandatoryHash to the result of using hasher to hash bytes.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReadOnlyMemory<byte> line in _mandatory)
        {
            hash.AppendData(line.Span);
        }

        return hash.GetHashAndReset();
    }
}
