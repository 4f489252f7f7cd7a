using System.Runtime.InteropServices;

namespace Credentials.Canonicalization;

/// <summary>Where one member of an object lies in the output: from its opening quote to the closing quote of its name, and to the end of its value.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JcsMember(int Start, int NameEnd, int End)
{
    /// <summary>Puts the members of one object, written in the text's order at the end of the output, into canonical order.</summary>
    /// <exception cref="FormatException">Two members have one name.</exception>
    public static void Order(ByteBuffer output, ByteBuffer scratch, Span<JcsMember> members)
    {
        if (members.Length < 2 || IsOrdered(output, members))
        {
            return;
        }

        int start = members[0].Start;
        members.Sort((left, right) => Compare(output, left, right));
        if (!IsOrdered(output, members))
        {
            throw new FormatException("An object has two members of one name.");
        }

        scratch.Clear();
        foreach (JcsMember member in members)
        {
            if (scratch.Length > 0)
            {
                scratch.Append((byte)',');
            }

            scratch.Append(output.Written[member.Start..member.End]);
        }

        scratch.Written.CopyTo(output.Tail(start));
    }

    // Strictly ascending: equal names are not ordered.
    private static bool IsOrdered(ByteBuffer output, ReadOnlySpan<JcsMember> members)
    {
        for (int i = 1; i < members.Length; i++)
        {
            if (Compare(output, members[i - 1], members[i]) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int Compare(ByteBuffer output, JcsMember left, JcsMember right) => JcsString.CompareNames(left.Name(output), right.Name(output));

    private ReadOnlySpan<byte> Name(ByteBuffer output) => output.Written[(Start + 1)..NameEnd];
}
