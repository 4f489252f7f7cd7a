using Credentials.Encoding;

namespace Credentials.Jose.Disclosures;

/// <summary>A disclosure frame as a tree, so that a document is gone through once.</summary>
internal sealed class FrameNode
{
    private readonly Dictionary<string, FrameNode> _children = new(StringComparer.Ordinal);

    /// <summary>The pointer that ends here; null when one only goes through.</summary>
    public string? Pointer { get; private set; }

    /// <summary>Whether the document had it.</summary>
    public bool Found { get; set; }

    /// <summary>Whether anything below may be withheld.</summary>
    public bool HasChildren => _children.Count > 0;

    /// <summary>What is said of a member or element; null when nothing is.</summary>
    public FrameNode? Child(string name) => _children.GetValueOrDefault(name);

    /// <summary>Reads a frame.</summary>
    public static Parsed<FrameNode> Of(DisclosureFrame frame)
    {
        var root = new FrameNode();
        foreach (string pointer in frame.Pointers)
        {
            if (JsonPointer.Split(pointer) is not { Length: > 0 } tokens)
            {
                return Nothing(pointer);
            }

            FrameNode node = root;
            foreach (string token in tokens)
            {
                if (!node._children.TryGetValue(token, out FrameNode? child))
                {
                    node._children.Add(token, child = new());
                }

                node = child;
            }

            node.Pointer = pointer;
        }

        return root;
    }

    /// <summary>The problem of a pointer that the document had nothing for; null when there is none.</summary>
    public Problem? FindUnmet() =>
        Pointer is not null && !Found ? Nothing(Pointer) : _children.Values.Select(child => child.FindUnmet()).FirstOrDefault(problem => problem is not null);

    private static Problem Nothing(string pointer) => new(ProblemCode.MalformedValueError, "This pointer of the disclosure frame points to nothing that could be withheld.", pointer);
}
