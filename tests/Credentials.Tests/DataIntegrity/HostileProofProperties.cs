using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.DataIntegrity;
using Credentials.Encoding;
using Credentials.Keys;
using Credentials.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Credentials.Tests.DataIntegrity;

/// <summary>Secured documents with bytes changed, cut out, doubled or put in: no suite throws, and none verifies but what says the same.</summary>
public class HostileProofProperties
{
    private static readonly Gen<(int At, int Length, int Kind, byte Value)> Change =
        from at in Gen.Choose(0, 1_000_000)
        from length in Gen.Choose(1, 12)
        from kind in Gen.Choose(0, 3)
        from value in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements((int)'"', '{', '[', ',', ':', '/', '@', '_', '0'))
        select (at, length, kind, (byte)value);

    public static TheoryData<string, KeyType> Cryptosuites => Registry.Cryptosuites;

    [Theory, MemberData(nameof(Cryptosuites))]
    public async Task A_changed_text_never_throws_and_never_verifies_as_something_else(string suite, KeyType type)
    {
        using SigningKey key = SigningKey.Generate(type);
        byte[] text = await Signed.SignForVerifierAsync(Signed.TextFor(suite), suite, key);
        JsonElement original = Signed.Parse(text);
        Randomised.ForAll(Change, change => IsRefused(Apply(text, change), original, key.PublicKey), slice: 150, full: 20_000, property: $"changed text, {suite}");
    }

    [Fact]
    public async Task A_changed_proof_value_of_selective_disclosure_never_throws_and_never_verifies()
    {
        using SigningKey key = SigningKey.Generate(KeyType.P256);
        JsonNode derived = Signed.Node(await Signed.SignForVerifierAsync(Signed.TextFor("ecdsa-sd-2023"), "ecdsa-sd-2023", key));
        byte[] value = Multibase.Decode(derived["proof"]!["proofValue"]!.GetValue<string>())!;
        Randomised.ForAll(
            Change,
            change =>
            {
                byte[] changed = Apply(value, change);
                JsonNode forged = derived.DeepClone();
                forged["proof"]!["proofValue"] = Multibase.EncodeBase64Url(changed);
                return changed.AsSpan().SequenceEqual(value) || Signed.Verify(forged, key.PublicKey) is not null;
            },
            slice: 300,
            full: 20_000);
    }

    [Fact]
    public async Task A_holder_who_derives_from_a_changed_credential_gets_an_answer()
    {
        using SigningKey key = SigningKey.Generate(KeyType.P256);
        byte[] text = await Signed.SignAsync(Signed.TextFor("ecdsa-sd-2023"), "ecdsa-sd-2023", key);
        Randomised.ForAll(
            Change,
            change =>
            {
                Parsed<byte[]> derived = EcdsaSd2023Proofs.Derive(Apply(text, change), ["/credentialSubject/name", "/credentialSubject/courses/1"]);
                return derived.Ok || derived.Problem is not null;
            },
            slice: 300,
            full: 20_000);
    }

    // What still verifies must read as before: another spacing, another spelling of a number or an escape, @type for type.
    private static bool IsRefused(byte[] changed, JsonElement original, PublicKey key)
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(changed);
        return !parsed.Ok
            || Strings(parsed.Value.RootElement).SetEquals(Strings(original))
            || DataIntegrityProof.ReadAll(parsed.Value.RootElement).All(proof =>
                !proof.Ok
                || DataIntegritySuite.Verify(parsed.Value.RootElement, proof.Value, key) is not null
                || StillVerifies(changed));
    }

    private static bool StillVerifies(byte[] changed) => throw new InvalidOperationException($"Still verifies: {Utf8.Text(changed)}");

    private static HashSet<string> Strings(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => [.. json.EnumerateObject().SelectMany(member => Strings(member.Value).Append(member.Name.TrimStart('@')))],
        JsonValueKind.Array => [.. json.EnumerateArray().SelectMany(Strings)],
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Number => [json.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture)],
        _ => [],
    };

    private static byte[] Apply(byte[] text, (int At, int Length, int Kind, byte Value) change)
    {
        int at = change.At % text.Length;
        int length = Math.Min(change.Length, text.Length - at);
        return change.Kind switch
        {
            0 => [.. text[..at], change.Value, .. text[(at + 1)..]],
            1 => [.. text[..at], .. text[(at + length)..]],
            2 => [.. text[..at], .. text[at..(at + length)], .. text[at..]],
            _ => [.. text[..at], change.Value, .. text[at..]],
        };
    }
}
