using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Encoding;
using Credentials.TestKit;

namespace Credentials.Verification.Tests.Forgery;

/// <summary>JSON that, unlike <see cref="JsonNode"/>, may have a member twice.</summary>
internal abstract record JsonTree
{
    public static JsonTree Parse(ReadOnlyMemory<byte> text)
    {
        using var document = JsonDocument.Parse(text);
        return Of(document.RootElement);
    }

    public byte[] Write() => Utf8.Bytes(Render());

    /// <summary>Every value in it, with its pointer; this one first.</summary>
    public IEnumerable<(string Pointer, JsonTree Node)> Walk(string pointer = "")
    {
        yield return (pointer, this);
        IEnumerable<(string Pointer, JsonTree Node)> inside = this switch
        {
            JsonMap map => map.Members.Select(member => (JsonPointer.Member(pointer, member.Name), member.Value)),
            JsonList list => list.Items.Select((item, index) => (JsonPointer.Item(pointer, index), item)),
            _ => [],
        };
        foreach ((string at, JsonTree node) in inside.SelectMany(child => child.Node.Walk(child.Pointer)))
        {
            yield return (at, node);
        }
    }

    /// <summary>A copy in which one node, found by its identity, is another.</summary>
    public JsonTree With(JsonTree node, JsonTree other) => ReferenceEquals(this, node) ? other : this switch
    {
        JsonMap map => new JsonMap([.. map.Members.Select(member => (member.Name, member.Value.With(node, other)))]),
        JsonList list => new JsonList([.. list.Items.Select(item => item.With(node, other))]),
        _ => this,
    };

    protected abstract string Render();

    private static JsonTree Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new JsonMap([.. json.EnumerateObject().Select(member => (member.Name, Of(member.Value)))]),
        JsonValueKind.Array => new JsonList([.. json.EnumerateArray().Select(Of)]),
        _ => new JsonLeaf(json.GetRawText()),
    };

    internal sealed record JsonMap((string Name, JsonTree Value)[] Members) : JsonTree
    {
        protected override string Render() => "{" + string.Join(',', Members.Select(member => JsonSerializer.Serialize(member.Name) + ":" + member.Value.Render())) + "}";
    }

    internal sealed record JsonList(JsonTree[] Items) : JsonTree
    {
        protected override string Render() => "[" + string.Join(',', Items.Select(item => item.Render())) + "]";
    }

    internal sealed record JsonLeaf(string Raw) : JsonTree
    {
        protected override string Render() => Raw;
    }
}
