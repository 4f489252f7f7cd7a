using System.Diagnostics;
using System.Formats.Cbor;
using Credentials.DcSdJwt;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.JwtVcs;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Tests.Jose;
using FsCheck;
using FsCheck.Fluent;

namespace Credentials.Tests.Enveloping;

/// <summary>Input that is meant to hurt: a problem, soon, and never an exception.</summary>
public class HostileEnvelopeTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private static readonly SigningKey Key = Sealed.Key(KeyType.P256);

    private static readonly byte[][] Seeds = [.. Registry.Envelopes.Select(row => (string)row[0]).Distinct(StringComparer.Ordinal).Select(form => Sealed.Make(form, KeyType.P256, options => form.EndsWith("sd-jwt", StringComparison.Ordinal) && form[1] == 'c' ? options with { Disclosures = Sealed.Frame, HolderKey = Key.PublicKey } : options)), .. Claims];

    /// <summary>The envelopes of claims, which no <see cref="Registry"/> of documents lists.</summary>
    private static byte[][] Claims =>
    [
        SdJwtVc.IssueAsync("""{"iss":"https://uni.example","vct":"urn:x","status":{"status_list":{"idx":1,"uri":"https://uni.example/l"}},"a":1,"b":{"c":[1,2]}}"""u8.ToArray(), Key, new("did:web:uni.example#k") { Frame = new(["/a", "/b", "/b/c/0"]), HolderKey = Key.PublicKey }, CancellationToken.None).GetAwaiter().GetResult().Require(),
        JwtVc.SignAsync("""{"iss":"did:web:uni.example","sub":"did:example:s","nbf":1790000000,"jti":"urn:uuid:1","vc":{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential"],"credentialSubject":{"a":1}}}"""u8.ToArray(), Key, "did:web:uni.example#k", CancellationToken.None).GetAwaiter().GetResult().Require(),
        JwtVc.PresentAsync("did:example:s", ["a.b.c"], Key, new("did:example:s#k") { Challenge = "n", Domain = "aud" }, CancellationToken.None).GetAwaiter().GetResult().Require(),
    ];

    [Theory]
    [InlineData('a')]
    [InlineData('.')]
    [InlineData('~')]
    [InlineData('{')]
    [InlineData('\u0081')]
    [InlineData('\u009f')]
    [InlineData('\u00d2')]
    [InlineData('\u00bf')]
    public void Refuses_ten_megabytes_of_anything_at_once(char letter)
    {
        byte[] large = new byte[10_000_000];
        Array.Fill(large, (byte)letter);

        AssertRefusedSoon(large);
        AssertRefusedSoon(large[..Envelope.MaxLength]);
        AssertRefusedSoon([.. Seeds[0], .. large[..(Envelope.MaxLength - Seeds[0].Length)]]);
    }

    [Fact]
    public void Refuses_payloads_that_nest_deeply_or_are_huge()
    {
        AssertRefusedSoon(Forge.Jws(Forge.Header, Utf8.Bytes(string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000)), Key));
        AssertRefusedSoon(Forge.Jws(Forge.Header, Utf8.Bytes("{\"a\":" + new string('[', 100_000)), Key));
        AssertRefusedSoon(Forge.Jws("{\"alg\":\"ES256\",\"typ\":\"vc+jwt\",\"x\":" + new string('[', 10_000) + new string(']', 10_000) + "}", "{}"u8.ToArray(), Key));
        AssertRefusedSoon(Forge.Jws("{\"alg\":\"ES256\",\"typ\":\"vc+jwt\",\"x\":\"" + new string('x', 1_000_000) + "\"}", "{}"u8.ToArray(), Key));
        AssertRefusedSoon(Forge.SdJwt("{\"_sd\":" + new string('[', 100_000), Key));
    }

    [Fact]
    public void Refuses_more_disclosures_than_any_credential_has()
    {
        string[] disclosures = [.. Enumerable.Range(0, 5000).Select(i => Forge.Disclosure($"[\"{i}\",\"n{i}\",1]"))];
        string payload = $$"""{"_sd":[{{string.Join(',', disclosures.Select(item => $"\"{Forge.Digest(item)}\""))}}]}""";

        AssertRefusedSoon(Forge.SdJwt(payload, Key, disclosures));
        AssertRefusedSoon(Forge.SdJwt("{}", Key, [.. Enumerable.Repeat("", 1_000_000)]));
        AssertRefusedSoon(Forge.SdJwt("{}", Key, [.. Enumerable.Repeat("W10", 100_000)]));
    }

    [Fact]
    public void Takes_as_many_disclosures_as_are_allowed_soon()
    {
        string[] disclosures = [.. Enumerable.Range(0, SdJwt.MaxDisclosures - 1).Select(i => Forge.Disclosure($"[\"{i}\",\"n{i}\",1]"))];
        byte[] text = Forge.SdJwt($$"""{"_sd":[{{string.Join(',', disclosures.Select(item => $"\"{Forge.Digest(item)}\""))}}]}""", Key, disclosures);

        long start = Stopwatch.GetTimestamp();
        Assert.Null(Sealed.ProblemOf(text, Key.PublicKey));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, 2 * Soon);
    }

    [Fact]
    public void Refuses_CBOR_bombs()
    {
        byte[] header = [0xa2, 0x01, 0x26, 0x10, 0x73, .. "application/vc+cose"u8];
        Assert.All<byte[]>(
            [
                [0x9f, .. Enumerable.Repeat((byte)0x9f, 100_000)],
                [0x84, .. Enumerable.Repeat((byte)0x84, 100_000)],
                [.. Enumerable.Repeat((byte)0xd2, 100_000)],
                [0xd2, 0x84, 0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
                [0xd2, 0x84, 0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
                [0xd2, 0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
                [0xd2, 0x84, 0x58, (byte)header.Length, .. header, 0xbb, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
                [0xd2, 0x84, 0x58, (byte)header.Length, .. header, 0xba, 0x00, 0xff, 0xff, 0xff, .. new byte[100_000]],
                [0xd2, 0x84, 0x58, (byte)header.Length, .. header, 0xa1, 0x18, 0x63, .. Enumerable.Repeat((byte)0x81, 1_000_000)],
                [0xd2, 0x84, 0x58, (byte)header.Length, .. header, 0xa1, 0x18, 0x63, .. Enumerable.Repeat((byte)0xc1, 1_000_000)],
                [0xd2, 0x84, 0x58, (byte)header.Length, .. header, 0xa1, 0x18, 0x63, 0x9f, .. new byte[1_000_000]],
                [0xd2, 0x84, 0x5f, .. Enumerable.Repeat((byte)0x40, 1_000_000)],
                [0xd2, 0x84, 0x43, 0xa1, 0x01, 0x26, 0xa0, 0x5f, .. Enumerable.Repeat((byte)0x40, 1_000_000)],
                [0xd2, 0x84, 0x43, 0xa1, 0x01, 0x26, 0xa1, 0x04, 0x5a, 0x7f, 0xff, 0xff, 0xff],
            ],
            AssertRefusedSoon);
    }

    [Fact]
    public void Refuses_a_hundred_thousand_labels()
    {
        var cbor = new CborWriter(CborConformanceMode.Lax);
        cbor.WriteStartMap(100_000);
        for (int i = 0; i < 100_000; i++)
        {
            cbor.WriteInt32(i + 100);
            cbor.WriteNull();
        }

        cbor.WriteEndMap();
        AssertRefusedSoon([0xd2, 0x84, 0x43, 0xa1, 0x01, 0x26, .. cbor.Encode(), 0x40, 0x40]);
    }

    /// <summary>Whatever single bytes, runs and swaps do to an envelope: a problem, or the very text that was signed.</summary>
    [Fact]
    public void Mutated_envelopes_never_throw_and_never_verify() => Randomised.ForAll(
        Mutations,
        mutation =>
        {
            byte[] seed = Seeds[mutation.Seed % Seeds.Length];
            byte[] mutated = mutation.Apply(seed);
            Problem? problem = Sealed.ProblemOf(mutated, Key.PublicKey);

            // A disclosure less is still an envelope; everything else is not.
            return problem is not null || mutated.AsSpan().SequenceEqual(seed) || IsSubset(mutated, seed);
        },
        slice: 2000,
        full: 60_000);

    [Fact]
    public void Mutated_bytes_inside_of_rightly_signed_envelopes_never_throw() => Randomised.ForAll(
        Mutations,
        mutation =>
        {
            byte[] header = mutation.Seed % 2 == 0 ? mutation.Apply(Utf8.Bytes(Forge.Header)) : Utf8.Bytes(Forge.Header);
            byte[] payload = mutation.Seed % 2 == 0 ? Sealed.Credential : mutation.Apply(Sealed.Credential);
            string input = $"{Credentials.Encoding.StrictBase64Url.Encode(header)}.{Credentials.Encoding.StrictBase64Url.Encode(payload)}";
            _ = Sealed.ProblemOf(Utf8.Bytes($"{input}.{Credentials.Encoding.StrictBase64Url.Encode(Key.Sign(Utf8.Bytes(input)))}"), Key.PublicKey);
            return true;
        },
        slice: 500,
        full: 20_000);

    private static Gen<Mutation> Mutations =>
        from seed in Gen.Choose(0, 1_000_000)
        from kind in Gen.Choose(0, 5)
        from at in Gen.Choose(0, 1_000_000)
        from length in Gen.Choose(1, 40)
        from value in Gen.Choose(0, 255)
        select new Mutation(seed, kind, at, length, (byte)value);

    private static bool IsSubset(byte[] mutated, byte[] seed) =>
        Utf8.Text(seed).Contains('~', StringComparison.Ordinal)
        && Utf8.Text(mutated).Split('~').All(Utf8.Text(seed).Split('~').Contains)
        && mutated.Length <= seed.Length;

    private static void AssertRefusedSoon(byte[] secured)
    {
        long start = Stopwatch.GetTimestamp();
        Assert.NotNull(Sealed.ProblemOf(secured, Key.PublicKey));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Soon);
    }

    private sealed record Mutation(int Seed, int Kind, int At, int Length, byte Value)
    {
        public byte[] Apply(byte[] bytes)
        {
            int at = At % bytes.Length;
            int end = Math.Min(bytes.Length, at + Length);
            return Kind switch
            {
                0 => [.. bytes[..at], Value, .. bytes[(at + 1)..]],
                1 => [.. bytes[..at], .. bytes[end..]],
                2 => [.. bytes[..at], .. Enumerable.Repeat(Value, Length), .. bytes[at..]],
                3 => [.. bytes[..end], .. bytes[at..]],
                4 => [.. bytes[at..], .. bytes[..at]],
                _ => [.. bytes[..at], (byte)(bytes[at] ^ (1 << (Value % 8))), .. bytes[(at + 1)..]],
            };
        }
    }
}
