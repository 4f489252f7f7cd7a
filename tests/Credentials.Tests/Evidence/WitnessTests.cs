using System.Security.Cryptography;
using Credentials.Evidence;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.TestKit.Witnesses;

namespace Credentials.Tests.Evidence;

public sealed class WitnessTests
{
    private static readonly HeaderStatement Statement = new(SampleBundles.Registry, SampleBundles.Word(1), new(SampleBundles.Word(2)), SampleBundles.Word(3));
    private static readonly DateTimeOffset Time = Samples.Time;

    [Fact]
    public void The_digest_is_what_the_format_says()
    {
        byte[] text = [.. "credentials-evidence:1"u8, 0, 0, 0, 0, 0, 0, 0x7a, 0x69, .. SampleBundles.Word(1).ToArray(), .. Convert.FromHexString("5fbdb2315678afecb367f032d93f642f64180aa3"), .. SampleBundles.Word(2).ToArray(), .. SampleBundles.Word(3).ToArray()];
        Assert.Equal(SHA256.HashData(text), Statement.Digest.ToArray());
    }

    [Fact]
    public void A_time_stamp_tells_its_time_under_the_root_and_under_the_authority_itself()
    {
        using TestTimeStampAuthority authority = TestTimeStampAuthority.Create();
        byte[] token = authority.Stamp(Statement.Digest, Time);
        Assert.Equal(Time, TimeStampToken.Verify(token, Statement.Digest, authority.Root).Time);
        Assert.Equal(Time, TimeStampToken.Verify(token, Statement.Digest, authority.Certificate).Time);
    }

    [Fact]
    public void A_time_stamp_outlives_its_certificates()
    {
        using var authority = new TestTimeStampAuthority(Time.AddYears(-30), Time.AddYears(-28));
        Assert.NotNull(TimeStampToken.Verify(authority.Stamp(Statement.Digest, Time.AddYears(-29)), Statement.Digest, authority.Root).Time);
    }

    [Fact]
    public void Refuses_a_time_stamp_over_something_else() => Refuses(authority => authority.Stamp((Statement with { Root = new(SampleBundles.Word(9)) }).Digest, Time));

    [Fact]
    public void Refuses_a_time_stamp_that_was_made_after_the_certificate_had_expired() =>
        Refuses(authority => authority.Stamp(Statement.Digest, Time), new(Time.AddYears(-3), Time.AddYears(-1)));

    [Fact]
    public void Refuses_a_time_stamp_under_a_certificate_for_something_else() =>
        Refuses(authority => authority.Stamp(Statement.Digest, Time), new(Time.AddYears(-1), Time.AddYears(1), usage: "1.3.6.1.5.5.7.3.1"));

    [Fact]
    public void Refuses_a_time_stamp_whose_certificate_does_not_insist_on_its_use() =>
        Refuses(authority => authority.Stamp(Statement.Digest, Time), new(Time.AddYears(-1), Time.AddYears(1), critical: false));

    [Fact]
    public void Refuses_a_time_stamp_of_another_authority()
    {
        using TestTimeStampAuthority authority = TestTimeStampAuthority.Create();
        using TestTimeStampAuthority other = TestTimeStampAuthority.Create();
        byte[] token = authority.Stamp(Statement.Digest, Time);
        Assert.Equal(ProblemCode.EvidenceError, TimeStampToken.Verify(token, Statement.Digest, other.Root).Problem?.Code);
        Assert.Equal(ProblemCode.EvidenceError, TimeStampToken.Verify(token, Statement.Digest, other.Certificate).Problem?.Code);
    }

    [Fact]
    public void No_altered_byte_of_a_time_stamp_makes_it_tell_another_time()
    {
        using TestTimeStampAuthority authority = TestTimeStampAuthority.Create();
        byte[] token = authority.Stamp(Statement.Digest, Time);
        for (int i = 0; i < token.Length; i += 7)
        {
            byte[] altered = [.. token];
            altered[i] ^= 0x01;
            DateTimeOffset? told = TimeStampToken.Verify(altered, Statement.Digest, authority.Root).Time;
            Assert.True(told is null || told == Time);
        }

        Assert.Null(TimeStampToken.Verify((byte[])[.. token, 0], Statement.Digest, authority.Root).Time);
        Assert.Null(TimeStampToken.Verify(token.AsMemory()[..^1], Statement.Digest, authority.Root).Time);
        Assert.Null(TimeStampToken.Verify(token, Statement.Digest, new byte[] { 1, 2, 3 }).Time);
    }

    [Fact]
    public async Task OpenSSL_takes_the_test_authoritys_tokens_and_we_take_those_of_OpenSSL()
    {
        using TestTimeStampAuthority authority = TestTimeStampAuthority.Create();
        using var folder = new OpenSslFolder();
        folder.Write("ca.der", authority.Root);
        folder.Write("token.der", authority.Stamp(Statement.Digest, TimeProvider.System.GetUtcNow()));
        await folder.RunAsync("x509 -inform DER -in ca.der -out ca.pem");
        Assert.Contains("Verification: OK", await folder.RunAsync($"ts -verify -digest {Statement.Digest.ToString()[2..]} -in token.der -token_in -CAfile ca.pem"), StringComparison.Ordinal);

        byte[] theirs = await folder.StampAsync(Statement.Digest);
        (DateTimeOffset? time, Problem? problem) = TimeStampToken.Verify(theirs, Statement.Digest, folder.Read("tsa.der"));
        Assert.True(time is not null, problem?.Detail);
        Assert.InRange(TimeProvider.System.GetUtcNow() - time.Value, TimeSpan.FromSeconds(-5), TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData(KeyType.P256)]
    [InlineData(KeyType.P384)]
    [InlineData(KeyType.Ed25519)]
    public async Task A_signature_tells_its_time(KeyType type)
    {
        using var key = SigningKey.Generate(type);
        WitnessStatement signed = (await WitnessSignature.SignAsync(Statement, Time, key, CancellationToken.None)).Require();
        Assert.Equal(Time, WitnessSignature.Verify(signed.Value, Statement, key.PublicKey).Time);
    }

    [Fact]
    public async Task Refuses_a_signature_about_another_block_root_chain_or_registry()
    {
        using var key = SigningKey.Generate(KeyType.P256);
        WitnessStatement signed = (await WitnessSignature.SignAsync(Statement, Time, key, CancellationToken.None)).Require();
        HeaderStatement[] others =
        [
            Statement with { BlockHash = SampleBundles.Word(9) },
            Statement with { Root = new(SampleBundles.Word(9)) },
            Statement with { GenesisHash = SampleBundles.Word(9) },
            Statement with { Registry = Statement.Registry with { ChainId = 1 } },
            Statement with { Registry = Statement.Registry with { Contract = "0x" + new string('0', 40) } },
        ];
        Assert.All(others, other => Assert.Equal(ProblemCode.EvidenceError, WitnessSignature.Verify(signed.Value, other, key.PublicKey).Problem?.Code));
        Assert.Equal(others.Length + 1, others.Append(Statement).Select(one => one.Digest.ToString()).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Refuses_the_signature_of_another_key_and_a_JWS_that_was_made_for_something_else()
    {
        using var key = SigningKey.Generate(KeyType.P256);
        using var other = SigningKey.Generate(KeyType.P256);
        WitnessStatement signed = (await WitnessSignature.SignAsync(Statement, Time, key, CancellationToken.None)).Require();
        Assert.NotNull(WitnessSignature.Verify(signed.Value, Statement, other.PublicKey).Problem);
        string payload = Utf8.Text(signed.Value.Span).Split('.')[1];
        string header = Convert.ToBase64String(Utf8.Bytes("""{"alg":"ES256","typ":"JWT"}""")).TrimEnd('=');
        string input = $"{header}.{payload}";
        string jws = $"{input}.{Convert.ToBase64String(key.Sign(Utf8.Bytes(input))).TrimEnd('=').Replace('+', '-').Replace('/', '_')}";
        Assert.Equal("It is no JWS of a witness.", WitnessSignature.Verify(Utf8.Bytes(jws), Statement, key.PublicKey).Problem?.Detail);
        Assert.NotNull(WitnessSignature.Verify(Utf8.Bytes("a.b"), Statement, key.PublicKey).Problem);
    }

    private static void Refuses(Func<TestTimeStampAuthority, byte[]> stamp, TestTimeStampAuthority? authority = null)
    {
        using TestTimeStampAuthority used = authority ?? TestTimeStampAuthority.Create();
        byte[] token = stamp(used);
        Assert.Equal(ProblemCode.EvidenceError, TimeStampToken.Verify(token, Statement.Digest, used.Root).Problem?.Code);
        Assert.Equal(ProblemCode.EvidenceError, TimeStampToken.Verify(token, Statement.Digest, used.Certificate).Problem?.Code);
    }
}
