using System.Runtime.InteropServices;

namespace Credentials.Canonicalization;

/// <summary>Where one member of an object lies in the output: from its opening quote to the closing quote of its name, and to the end of its value.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JcsMember(int Start, int NameEnd, int End)
{
    // An object with more members than any credential has is sorted by the library, which allocates.
    private const int FewMembers = 32;

    /// <summary>Puts the members of one object, written in the text's order at the end of the output, into canonical order.</summary>
    /// <exception cref="FormatException">Two members have one name.</exception>
    public static void Order(ByteBuffer output, ByteBuffer scratch, Span<JcsMember> members)
    {
        if (members.Length < 2 || IsOrdered(output, members))
        {
            return;
        }

        int start = members[0].Start;
        if (members.Length <= FewMembers)
        {
            SortFew(output, members);
        }
        else
        {
            SortMany(output, members);
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

    private static void SortFew(ByteBuffer output, Span<JcsMember> members)
    {
        for (int i = 1; i < members.Length; i++)
        {
            JcsMember member = members[i];
            int at = i;
            int order = 0;
            for (; at > 0 && (order = Compare(output, members[at - 1], member)) > 0; at--)
            {
                members[at] = members[at - 1];
            }

            if (at > 0 && order == 0)
            {
                throw TwoOfOneName();
            }

            members[at] = member;
        }
    }

    private static void SortMany(ByteBuffer output, Span<JcsMember> members)
    {
        members.Sort((left, right) => Compare(output, left, right));
        if (!IsOrdered(output, members))
        {
            throw TwoOfOneName();
        }
    }

    private static FormatException TwoOfOneName() => new("An object has two members of one name.");

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
