using System.Text.Json.Nodes;
using Credentials.Tests.Canonicalization;

namespace Credentials.Tests.DataModel;

/// <summary>Spoils a document at random, reproducibly.</summary>
internal static class JsonMutation
{
    /// <summary>Puts another value somewhere into the document.</summary>
    public static byte[] Replace(byte[] document, int seed, JsonText value)
    {
        JsonNode root = JsonNode.Parse(document)!;
        var choices = new Choices(seed);
        JsonNode at = root;
        while (true)
        {
            JsonNode[] children = at switch
            {
                JsonObject item => [.. item.Select(member => member.Value).OfType<JsonNode>()],
                JsonArray items => [.. items.OfType<JsonNode>()],
                _ => [],
            };
            if (children.Length == 0 || (at != root && choices.Next(4) == 0))
            {
                break;
            }

            at = children[choices.Next(children.Length)];
        }

        at.ReplaceWith(JsonNode.Parse(value.Write(seed)));
        return root.Text();
    }

    /// <summary>Changes, removes and doubles bytes.</summary>
    public static byte[] Mutate(byte[] document, IEnumerable<int> seeds)
    {
        List<byte> text = [.. document];
        foreach (int seed in seeds)
        {
            var choices = new Choices(seed);
            int at = choices.Next(text.Count);
            switch (choices.Next(4))
            {
                case 0:
                    text[at] = (byte)choices.Next(256);
                    break;
                case 1:
                    text[at] = (byte)"{}[]\":,\\0e-"[choices.Next(11)];
                    break;
                case 2 when text.Count > 50:
                    text.RemoveRange(at, Math.Min(choices.Next(20), text.Count - at));
                    break;
                default:
                    text.InsertRange(at, text.GetRange(at, Math.Min(choices.Next(40), text.Count - at)));
                    break;
            }
        }

        return [.. text];
    }
}
