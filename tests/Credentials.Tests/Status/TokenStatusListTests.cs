using System.IO.Compression;
using Credentials.Keys;
using Credentials.Status;
using Credentials.TestKit;
using FsCheck.Fluent;

namespace Credentials.Tests.Status;

/// <summary>Token Status Lists and their tokens: what is written is read, and what is not whole is refused.</summary>
public class TokenStatusListTests
{
    private const string Url = "https://uni.example/lists/1/token";

    private static readonly SigningKey Key = SigningKey.Generate(KeyType.P256);

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);

    [Fact]
    public void Keeps_every_value_at_its_index_and_no_other() => Randomised.ForAll(
        from bits in Gen.Elements(1, 2, 4, 8)
        from length in Gen.Choose(1, 300)
        from index in Gen.Choose(0, length - 1)
        from value in Gen.Choose(0, (1 << bits) - 1)
        select (bits, length, index, value),
        sample =>
        {
            var list = new TokenStatusList(sample.length, sample.bits) { [sample.index] = (byte)sample.value };
            TokenStatusList read = TokenStatusList.Decode(list.Encode(), sample.bits).Require();

            // The slow reading: bit by bit, from the least significant one of each byte.
            int slow = Enumerable.Range(0, sample.bits).Sum(bit => ((read.Bytes.Span[((sample.index * sample.bits) + bit) / 8] >> (((sample.index * sample.bits) + bit) % 8)) & 1) << bit);
            return slow == sample.value && Enumerable.Range(0, read.Length).All(i => read[i] == (i == sample.index ? sample.value : 0));
        });

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(-1)]
    public void Refuses_sizes_that_the_specification_does_not_have(int bits)
    {
        Assert.False(TokenStatusList.Decode(new TokenStatusList(8, 1).Encode(), bits).Ok);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TokenStatusList(8, bits));
    }

    [Fact]
    public void Refuses_an_index_outside_of_the_list_and_a_value_that_does_not_fit()
    {
        var list = new TokenStatusList(8, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[8]);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[0] = 4);
    }

    [Fact]
    public void Refuses_a_list_that_was_cut_short_lengthened_or_altered()
    {
        byte[] whole = new TokenStatusList(1000, 2) { [7] = 2 }.Compress();
        Assert.True(TokenStatusList.Decompress(whole, 2).Ok);
        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.False(TokenStatusList.Decompress(whole.AsMemory(0, length), 2).Ok));
        Assert.False(TokenStatusList.Decompress((byte[])[.. whole, 0], 2).Ok);
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] altered = [.. whole];
            altered[i] ^= 0x10;
            TokenStatusList? read = TokenStatusList.Decompress(altered, 2).Value;
            Assert.True(read is null || read.Bytes.Span.SequenceEqual(new TokenStatusList(1000, 2) { [7] = 2 }.Bytes.Span), $"byte {i}");
        }
    }

    [Fact]
    public void Refuses_a_list_that_inflates_beyond_its_bound()
    {
        using var bomb = new MemoryStream();
        using (var zlib = new ZLibStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(new byte[TokenStatusList.MaxBytes + 1]);
        }

        Assert.False(TokenStatusList.Decompress(bomb.ToArray(), 1).Ok);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Opens_what_it_signed(bool jwt)
    {
        StatusListClaims claims = Claims();
        StatusListToken token = StatusListToken.Open(await SignAsync(claims, jwt)).Require();

        Assert.Null(token.Verify(Key.PublicKey));
        Assert.Equal((claims.Subject, claims.IssuedAt, claims.Expires, claims.TimeToLive, claims.Issuer, claims.AggregationUri), (token.Claims.Subject, token.Claims.IssuedAt, token.Claims.Expires, token.Claims.TimeToLive, token.Claims.Issuer, token.Claims.AggregationUri));
        Assert.Equal(claims.List.Bytes.ToArray(), token.Claims.List.Bytes.ToArray());
        Assert.Equal("did:web:uni.example#k", token.KeyId);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Does_not_hold_under_another_key(bool jwt)
    {
        using var stranger = SigningKey.Generate(KeyType.P256);
        Assert.Equal(ProblemCode.CryptographicSecurityError, StatusListToken.Open(await SignAsync(Claims(), jwt)).Require().Verify(stranger.PublicKey)?.Code);
    }

    [Theory]
    [InlineData("""{"sub":"https://a.example/","status_list":{"bits":1,"lst":"LST"}}""")]
    [InlineData("""{"iat":1,"status_list":{"bits":1,"lst":"LST"}}""")]
    [InlineData("""{"sub":"https://a.example/","iat":1}""")]
    [InlineData("""{"sub":"https://a.example/","iat":1,"status_list":{"lst":"LST"}}""")]
    [InlineData("""{"sub":"https://a.example/","iat":1,"status_list":{"bits":3,"lst":"LST"}}""")]
    [InlineData("""{"sub":"https://a.example/","iat":1,"status_list":{"bits":"1","lst":"LST"}}""")]
    [InlineData("""{"sub":"https://a.example/","iat":1,"status_list":{"bits":1,"lst":"LST="}}""")]
    [InlineData("""{"sub":"https://a.example/","iat":1,"ttl":0,"status_list":{"bits":1,"lst":"LST"}}""")]
    [InlineData("""{"sub":"https://a.example/","iat":1,"ttl":"5","status_list":{"bits":1,"lst":"LST"}}""")]
    [InlineData("""{"sub":7,"iat":1,"status_list":{"bits":1,"lst":"LST"}}""")]
    [InlineData("""{"sub":"https://a.example/","iat":"1","status_list":{"bits":1,"lst":"LST"}}""")]
    [InlineData("""[]""")]
    public void Refuses_claims_that_are_missing_or_of_another_shape(string payload)
    {
        byte[] token = Jose.Forge.Jws("""{"alg":"ES256","typ":"statuslist+jwt"}""", Utf8.Bytes(payload.Replace("LST", new TokenStatusList(8, 1).Encode(), StringComparison.Ordinal)), Key);
        Assert.False(StatusListToken.Open(token).Ok);
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("vc+jwt")]
    [InlineData("statuslist+cwt")]
    public void Refuses_a_token_of_another_type(string type)
    {
        string payload = $$$"""{"sub":"https://a.example/","iat":1,"status_list":{"bits":1,"lst":"{{{new TokenStatusList(8, 1).Encode()}}}"}}""";
        Assert.False(StatusListToken.Open(Jose.Forge.Jws($$"""{"alg":"ES256","typ":"{{type}}"}""", Utf8.Bytes(payload), Key)).Ok);
        Assert.True(StatusListToken.Open(Jose.Forge.Jws("""{"alg":"ES256","typ":"statuslist+jwt"}""", Utf8.Bytes(payload), Key)).Ok);
    }

    [Fact]
    public async Task Refuses_a_CWT_without_the_tag_of_COSE_Sign1()
    {
        byte[] token = await SignAsync(Claims(), jwt: false);
        Assert.False(StatusListToken.Open(token.AsMemory(1)).Ok);
        Assert.False(StatusListToken.Open((byte[])[0xD8, 0x3D, .. token]).Ok);
    }

    [Fact]
    public async Task Mutated_tokens_never_throw_and_never_verify()
    {
        byte[][] seeds = [await SignAsync(Claims(), jwt: true), await SignAsync(Claims(), jwt: false)];
        Randomised.ForAll(
            from seed in Gen.Elements(seeds)
            from at in Gen.Choose(0, seed.Length - 1)
            from change in Gen.Choose(1, 255)
            from cut in Gen.Choose(0, 20)
            select (seed, at, change, cut),
            mutation =>
            {
                byte[] mutated = [.. mutation.seed];
                mutated[mutation.at] ^= (byte)mutation.change;
                mutated = mutation.cut == 0 ? mutated[..mutation.at] : mutated;
                Parsed<StatusListToken> token = StatusListToken.Open(mutated);
                return !token.Ok || token.Value.Verify(Key.PublicKey) is not null;
            },
            slice: 2000,
            full: 100_000);
    }

    private static StatusListClaims Claims() => new(Url, Now, new TokenStatusList(1000, 2) { [7] = TokenStatusList.Suspended, [8] = TokenStatusList.Invalid })
    {
        Issuer = "https://uni.example",
        Expires = Now.AddDays(1),
        TimeToLive = TimeSpan.FromHours(1),
        AggregationUri = "https://uni.example/lists",
    };

    private static async Task<byte[]> SignAsync(StatusListClaims claims, bool jwt) => (jwt
        ? await StatusListToken.SignJwtAsync(claims, Key, "did:web:uni.example#k", [], CancellationToken.None)
        : await StatusListToken.SignCwtAsync(claims, Key, "did:web:uni.example#k", CancellationToken.None)).Require();
}
