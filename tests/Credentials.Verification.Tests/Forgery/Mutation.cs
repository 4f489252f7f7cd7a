using System.Text.Json;
using Credentials.Encoding;
using static Credentials.Verification.Tests.Forgery.JsonTree;

namespace Credentials.Verification.Tests.Forgery;

/// <summary>One change to a document.</summary>
/// <param name="What">What was done: <c>changed</c>, <c>removed</c>, <c>duplicated</c>, <c>duplicated otherwise</c>, <c>renamed</c>, <c>dropped</c>.</param>
/// <param name="Pointer">To what.</param>
/// <param name="Text">The document afterwards.</param>
internal sealed record Mutation(string What, string Pointer, byte[] Text)
{
    /// <summary>Whether a member is there twice now.</summary>
    public bool Duplicates => What.StartsWith("duplicated", StringComparison.Ordinal);

    /// <summary>Every leaf changed in turn (in several ways), each member removed, duplicated and renamed, each item of a list dropped.</summary>
    public static IEnumerable<Mutation> AllOf(byte[] text)
    {
        JsonTree root = Parse(text);
        foreach ((string pointer, JsonTree node) in root.Walk())
        {
            IEnumerable<(string What, string At, JsonTree Other)> changes = node switch
            {
                JsonLeaf leaf => OtherValues(leaf.Raw).Select(raw => ("changed", pointer, (JsonTree)new JsonLeaf(raw))),
                JsonMap map => map.Members.SelectMany((member, index) => OfMember(map, index, JsonPointer.Member(pointer, member.Name))),
                JsonList list => list.Items.Select((_, index) => ("dropped", JsonPointer.Item(pointer, index), (JsonTree)new JsonList([.. list.Items.Where((_, i) => i != index)]))),
                _ => [],
            };
            foreach ((string what, string at, JsonTree other) in changes)
            {
                yield return new(what, at, root.With(node, other).Write());
            }
        }
    }

    public override string ToString() => $"{What} {Pointer}";

    private static IEnumerable<(string What, string At, JsonTree Other)> OfMember(JsonMap map, int index, string at)
    {
        (string name, JsonTree value) = map.Members[index];
        yield return ("removed", at, new JsonMap([.. map.Members.Where((_, i) => i != index)]));
        yield return ("renamed", at, new JsonMap([.. map.Members.Select((member, i) => i == index ? (name + "x", value) : member)]));
        yield return ("duplicated", at, new JsonMap([.. map.Members, (name, value)]));
        yield return ("duplicated otherwise", at, new JsonMap([(name, new JsonLeaf("\"other\"")), .. map.Members]));
    }

    private static IEnumerable<string> OtherValues(string raw)
    {
        if (raw.StartsWith('"'))
        {
            string text = JsonSerializer.Deserialize<string>(raw)!;
            char first = text.Length > 0 && text[0] == 'a' ? 'b' : 'a';
            char last = text.Length > 0 && text[^1] == '1' ? '2' : '1';
            yield return JsonSerializer.Serialize(first + (text.Length > 0 ? text[1..] : ""));
            yield return JsonSerializer.Serialize((text.Length > 0 ? text[..^1] : "") + last);
            yield return JsonSerializer.Serialize(text + "x");
            yield return "\"\"";
            yield return "null";
            yield return "17";
            yield return $"[{raw}]";
        }
        else
        {
            yield return raw == "0" ? "1" : "0";
            yield return $"\"{raw}\"";
            yield return "null";
        }
    }
}
