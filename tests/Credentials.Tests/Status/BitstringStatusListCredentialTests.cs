using System.Text.Json.Nodes;
using Credentials.DataModel;
using Credentials.Keys;
using Credentials.Securing;
using Credentials.Status;
using Credentials.TestKit;
using Credentials.Tests.DataModel;

namespace Credentials.Tests.Status;

public sealed class BitstringStatusListCredentialTests
{
    [Fact]
    public async Task A_list_that_was_built_and_signed_is_read()
    {
        using var issuer = new SampleIssuer();
        issuer.Revocations[131] = true;
        VerifiableCredential credential = VerifiableCredential.Parse(await issuer.StatusListAsync()).Require();
        BitstringStatusListCredential list = BitstringStatusListCredential.Read(credential).Require();

        Assert.Equal("https://status.example/lists/1/revocation", credential.Id);
        Assert.Equal((issuer.Did, Samples.Time, Samples.Time.AddDays(7)), (credential.IssuerId, credential.ValidFrom, credential.ValidUntil));
        Assert.Equal("https://status.example/lists/1/revocation#list", list.Id);
        Assert.Equal(["revocation"], list.StatusPurpose);
        Assert.Equal(TimeSpan.FromMinutes(5), list.TimeToLive);
        Assert.Equal((false, true, false), (list.List[130], list.List[131], list.List[132]));
    }

    [Fact]
    public void Several_purposes_and_no_time_to_live_are_read()
    {
        BitstringStatusListCredential list = Read(Some().With("/credentialSubject/statusPurpose", "[\"revocation\",\"suspension\"]").With("/credentialSubject/ttl", null).With("/credentialSubject/id", null)).Require();
        Assert.Equal(["revocation", "suspension"], list.StatusPurpose);
        Assert.Null(list.TimeToLive);
        Assert.Null(list.Id);
    }

    [Fact]
    public async Task A_list_that_tells_what_replaced_a_credential_is_read_and_is_JSON_LD_of_which_nothing_is_dropped()
    {
        byte[] text = BitstringStatusListCredential.Build(
            new("https://status.example/lists/1/message"), "did:web:u.example", "message", BitstringStatusList.FromBytes(new byte[BitstringStatusList.MinimumLength / 8]), Samples.Time, Samples.Time.AddDays(1), TimeSpan.FromMinutes(5), new Dictionary<long, string> { [131] = "urn:uuid:2", [7] = "urn:uuid:1" });
        using var key = SigningKey.Generate(KeyType.P256);
        byte[] signed = (await SecuringForm.Find("ecdsa-rdfc-2019")!.SignAsync(text, key, new SecuringOptions("did:web:u.example#key", Samples.Time), CancellationToken.None)).Require();
        Assert.Equal(
            [new(7, "urn:uuid:1"), new(131, "urn:uuid:2")],
            BitstringStatusListCredential.Read(VerifiableCredential.Parse(signed).Require()).Require().Replacements);
    }

    [Fact]
    public void A_time_to_live_of_ages_is_a_year() =>
        Assert.Equal(TimeSpan.FromDays(366), Read(Some().With("/credentialSubject/ttl", "9007199254740992")).Require().TimeToLive);

    [Theory]
    [InlineData("/type", "[\"VerifiableCredential\"]", "/type")]
    [InlineData("/credentialSubject/type", "\"StatusList2021\"", "/credentialSubject")]
    [InlineData("/credentialSubject/type", null, "/credentialSubject")]
    [InlineData("/credentialSubject", "[{\"type\":\"BitstringStatusList\"}]", "/credentialSubject")]
    [InlineData("/credentialSubject/statusPurpose", null, "/credentialSubject/statusPurpose")]
    [InlineData("/credentialSubject/statusPurpose", "[]", "/credentialSubject/statusPurpose")]
    [InlineData("/credentialSubject/statusPurpose", "[7]", "/credentialSubject/statusPurpose")]
    [InlineData("/credentialSubject/statusPurpose", "{}", "/credentialSubject/statusPurpose")]
    [InlineData("/credentialSubject/ttl", "-1", "/credentialSubject/ttl")]
    [InlineData("/credentialSubject/ttl", "\"300000\"", "/credentialSubject/ttl")]
    [InlineData("/credentialSubject/ttl", "0.5", "/credentialSubject/ttl")]
    [InlineData("/credentialSubject/replacements", "[]", "/credentialSubject/replacements")]
    [InlineData("/credentialSubject/replacements", "{\"-1\":\"urn:x\"}", "/credentialSubject/replacements")]
    [InlineData("/credentialSubject/replacements", "{\"7\":\"\"}", "/credentialSubject/replacements")]
    [InlineData("/credentialSubject/replacements", "{\"7\":{\"id\":\"urn:x\"}}", "/credentialSubject/replacements")]
    [InlineData("/credentialSubject/replacements", "{\"7\":\"urn:x\",\"07\":\"urn:y\"}", "/credentialSubject/replacements")]
    [InlineData("/credentialSubject/encodedList", null, "/credentialSubject/encodedList")]
    [InlineData("/credentialSubject/encodedList", "7", "/credentialSubject/encodedList")]
    [InlineData("/credentialSubject/encodedList", "\"uH4sI\"", "/credentialSubject/encodedList")]
    public void A_list_of_the_wrong_shape_is_not_to_be_believed(string pointer, string? value, string at)
    {
        Problem problem = Read(Some().With(pointer, value)).Problem!;
        Assert.Equal((ProblemCode.StatusVerificationError, at), (problem.Code, problem.Pointer));
    }

    [Fact]
    public void A_list_that_is_too_short_says_so_at_its_place()
    {
        const string EightZeros = "uH4sIAAAAAAAAA2MAAI3vAtIBAAAA";
        Problem problem = Read(Some().With("/credentialSubject/encodedList", $"\"{EightZeros}\"")).Problem!;
        Assert.Equal((ProblemCode.StatusListLengthError, "/credentialSubject/encodedList"), (problem.Code, problem.Pointer));
    }

    private static Parsed<BitstringStatusListCredential> Read(JsonObject document) => BitstringStatusListCredential.Read(document.Read().Require());

    private static JsonObject Some() => JsonNode.Parse(BitstringStatusListCredential.Build(
        new Uri("https://status.example/1"), "did:web:example.edu", "revocation", new BitstringStatusList(), Samples.Time, Samples.Time.AddDays(1), TimeSpan.FromMinutes(5)))!.AsObject();
}
