using System.Buffers.Text;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.TestKit;
using Credentials.Verification.Tests.Forgery;
using static Credentials.Verification.Tests.Forgery.JsonTree;

namespace Credentials.Verification.Tests.Forms;

/// <summary>Changes secured bytes at random: blindly, or knowing what they are (JSON, base64url segments, CBOR, multibase).</summary>
internal static class FormMutation
{
    private static readonly string[] Oddities =
    [
        "null", "true", "0", "-0", "1e400", "-1e-400", "9007199254740993", new('7', 500), "\"\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "{}", "[[]]", "[null]", "{\"@id\":\"urn:x\"}", "{\"@value\":null}",
        "{\"@context\":{\"@vocab\":\"urn:v#\"}}", "{\"@list\":[1]}", "{\"@set\":[]}", "\"_:b0\"", "\"did:key:z\"", "\"urn:x:y\"", "\"\\uD83D\\uDE00\"", new string('[', 70) + new string(']', 70), "{\"_sd\":[\"x\"]}", "{\"...\":\"x\"}",
    ];

    private static readonly string[] Names = ["@context", "@id", "@type", "@graph", "@included", "@reverse", "@nest", "id", "type", "proof", "vc", "iss", "exp", "nbf", "cnf", "_sd", "_sd_alg", "...", "validUntil", "https://www.w3.org/2018/credentials#validUntil", "", "\u0000"];

    /// <summary>One to three changes.</summary>
    public static byte[] Of(byte[] secured, IReadOnlyList<byte[]> others, Dice dice)
    {
        byte[] changed = secured;
        for (int left = dice.Roll(3); left >= 0; left--)
        {
            changed = Once(changed, others, dice);
        }

        return changed;
    }

    private static byte[] Once(byte[] secured, IReadOnlyList<byte[]> others, Dice dice)
    {
        if (secured.Length < 4 || dice.Roll(3) == 0)
        {
            return Blindly(secured, dice.Pick(others), dice);
        }

        try
        {
            return secured[0] switch
            {
                (byte)'{' => dice.Roll(4) == 0 ? ProofValue(secured, dice) : Json(secured, dice),
                >= 0x80 => Cose(secured, dice),
                _ => Compact(secured, dice),
            };
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException or System.Formats.Cbor.CborContentException or IndexOutOfRangeException)
        {
            // An earlier change broke the form.
            return Blindly(secured, dice.Pick(others), dice);
        }
    }

    private static byte[] Blindly(byte[] bytes, byte[] other, Dice dice)
    {
        int at = dice.Roll(bytes.Length + 1);
        int length = Math.Min(dice.Roll(40), bytes.Length - at);
        switch (dice.Roll(6))
        {
            case 0 when bytes.Length > 0:
                byte[] flipped = [.. bytes];
                flipped[dice.Roll(bytes.Length)] ^= (byte)(1 << dice.Roll(8));
                return flipped;
            case 1:
                return bytes[..at];
            case 2:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 3:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            case 4:
                return [.. bytes[..at], (byte)dice.Roll(256), .. bytes[at..]];
            default:
                return [.. bytes[..at], .. other[dice.Roll(other.Length + 1)..]];
        }
    }

    private static byte[] Json(byte[] text, Dice dice)
    {
        JsonTree root = Parse(text);
        List<(string Pointer, JsonTree Node)> nodes = [.. root.Walk()];
        JsonTree node = dice.Pick(nodes).Node;
        JsonTree elsewhere = dice.Pick(nodes).Node;
        JsonTree changed = (dice.Roll(5), node) switch
        {
            (0, _) => elsewhere,
            (1, JsonMap { Members.Length: > 0 } map) => new JsonMap([.. map.Members, map.Members[dice.Roll(map.Members.Length)]]),
            (1, JsonList { Items.Length: > 0 } list) => new JsonList([.. list.Items, list.Items[dice.Roll(list.Items.Length)]]),
            (2, JsonMap { Members.Length: > 0 } map) => Without(map, dice.Roll(map.Members.Length)),
            (2, JsonList list) => new JsonList([.. list.Items.Reverse()]),
            (3, JsonMap map) => new JsonMap([.. map.Members, (dice.Pick(Names), dice.Roll(2) == 0 ? elsewhere : new JsonLeaf(dice.Pick(Oddities)))]),
            (4, JsonMap { Members.Length: > 0 } map) => Renamed(map, dice.Roll(map.Members.Length), dice.Pick(Names)),
            (4, _) => new JsonList([node]),
            _ => new JsonLeaf(dice.Pick(Oddities)),
        };
        return root.With(node, changed).Write();
    }

    private static JsonMap Without(JsonMap map, int index) => new([.. map.Members.Where((_, i) => i != index)]);

    private static JsonMap Renamed(JsonMap map, int index, string name) => new([.. map.Members.Select((member, i) => i == index ? (name, member.Value) : member)]);

    private static byte[] ProofValue(byte[] text, Dice dice)
    {
        string whole = Utf8.Text(text);
        int start = whole.LastIndexOf("\"proofValue\":\"", StringComparison.Ordinal) + 14;
        int end = start < 14 ? -1 : whole.IndexOf('"', start);
        if (end < 0 || Multibase.Decode(whole[start..end], 1 << 20) is not { Length: > 0 } bytes)
        {
            return Json(text, dice);
        }

        byte[] changed = Blindly(bytes, bytes, dice);
        return Utf8.Bytes(whole[..start] + (whole[start] == 'u' ? Multibase.EncodeBase64Url(changed) : Multibase.EncodeBase58Btc(changed)) + whole[end..]);
    }

    private static byte[] Compact(byte[] text, Dice dice)
    {
        string[] tildes = Utf8.Text(text).Split('~');
        int part = dice.Roll(tildes.Length);
        switch (dice.Roll(tildes.Length > 1 ? 6 : 3))
        {
            case 3:
                tildes[part] = tildes[dice.Roll(tildes.Length)];
                break;
            case 4:
                tildes = [.. tildes[..part], .. tildes[(part + 1)..]];
                break;
            case 5:
                tildes = [.. tildes[..part], tildes[dice.Roll(tildes.Length)], .. tildes[part..]];
                break;
            default:
                string[] segments = tildes[part].Split('.');
                int segment = dice.Roll(segments.Length);
                byte[] decoded = Base64Url.DecodeFromChars(segments[segment]);
                bool isJson = decoded is [(byte)'{' or (byte)'[', ..];
                segments[segment] = Base64Url.EncodeToString(isJson && dice.Roll(3) > 0 ? Json(decoded, dice) : Blindly(decoded, decoded, dice));
                tildes[part] = string.Join('.', segments);
                break;
        }

        return Utf8.Bytes(string.Join('~', tildes));
    }

    private static byte[] Cose(byte[] secured, Dice dice)
    {
        CoseParts parts = CoseParts.Read(secured);
        return dice.Roll(5) switch
        {
            0 => (parts with { Protected = Blindly(parts.Protected, parts.Protected, dice) }).Write(),
            1 => (parts with { Payload = Json(parts.Payload, dice) }).Write(),
            2 => (parts with { Signature = Blindly(parts.Signature, parts.Signature, dice) }).Write(),
            3 => (parts with { Unprotected = dice.Pick<byte[]>([[0xA1, 0x04, 0x41, 0x61], [0xA1, 0x01, 0x26], [0xA1, 0x63, 0x61, 0x62, 0x63, 0x80], [0xBF, 0xFF], [0x80], [0xA2, 0x05, 0x00, 0x05, 0x00]]) }).Write(),
            _ => Blindly(secured, parts.Payload, dice),
        };
    }
}
