using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.Status;
using Credentials.TestKit;

namespace Credentials.Tests.DataModel;

public sealed class VerifiableCredentialTests
{
    [Fact]
    public void A_whole_credential_is_read()
    {
        byte[] text = CredentialJson.Full().Text();
        VerifiableCredential credential = VerifiableCredential.Parse(text).Require();

        Assert.Empty(VerifiableCredential.Validate(text));
        Assert.Equal(DataModelVersion.V2, credential.Version);
        Assert.Equal("urn:uuid:2b1f4d9e-9f6c-4f0e-8a57-0d0d1d4b7e11", credential.Id);
        Assert.Equal(["VerifiableCredential", "Diploma", "https://example.edu/types#Degree"], credential.Types);
        Assert.Equal("did:web:example.edu", credential.IssuerId);
        Assert.Equal(new DateTimeOffset(2026, 6, 30, 10, 0, 0, TimeSpan.Zero), credential.ValidFrom);
        Assert.Equal(new DateTimeOffset(2036, 6, 30, 12, 0, 0, 500, TimeSpan.Zero), credential.ValidUntil);
        Assert.Equal(
            [new BitstringStatusListEntry("revocation", 7, new Uri("https://example.edu/status/1")), new("suspension", 0, new Uri("https://example.edu/status/2"))],
            credential.StatusEntries);
        Assert.Equal([RegistryEntry.Parse(CredentialJson.Registry).Require()], credential.RegistryEntries);
        Assert.Equal(["OtherStatus"], credential.UnknownStatusTypes);
        Assert.True(credential.Utf8.Span.SequenceEqual(text));
    }

    [Fact]
    public void The_least_that_a_credential_says_is_read()
    {
        VerifiableCredential credential = VerifiableCredential.Parse(Utf8.Bytes("""
            {"@context":["https://www.w3.org/ns/credentials/v2"],"type":"VerifiableCredential","issuer":"https://example.edu/","credentialSubject":{"a":{}}}
            """)).Require();
        Assert.Equal((null, null, null, "https://example.edu/"), (credential.Id, credential.ValidFrom, credential.ValidUntil, credential.IssuerId));
        Assert.Empty(credential.StatusEntries);
        Assert.Empty(credential.RegistryEntries);
        Assert.Empty(credential.UnknownStatusTypes);
    }

    [Fact]
    public void Version_1_1_is_read_with_its_own_dates()
    {
        VerifiableCredential credential = CredentialJson.V1().Read().Require();
        Assert.Equal(DataModelVersion.V1, credential.Version);
        Assert.Equal(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), credential.ValidFrom);
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), credential.ValidUntil);
        Assert.Equal(["RevocationList2020Status"], credential.UnknownStatusTypes);
    }

    [Fact]
    public void Where_version_1_1_names_both_pairs_of_dates_both_hold()
    {
        VerifiableCredential credential = CredentialJson.V1().With("/validFrom", "\"2021-01-01T00:00:00Z\"").With("/validUntil", "\"2029-01-01T00:00:00Z\"").Read().Require();
        Assert.Equal((2021, 2029), (credential.ValidFrom!.Value.Year, credential.ValidUntil!.Value.Year));
        credential = CredentialJson.V1().With("/validFrom", "\"2019-01-01T00:00:00Z\"").With("/validUntil", "\"2031-01-01T00:00:00Z\"").Read().Require();
        Assert.Equal((2020, 2030), (credential.ValidFrom!.Value.Year, credential.ValidUntil!.Value.Year));
    }

    [Theory]
    [MemberData(nameof(Samples.Each), MemberType = typeof(Samples))]
    public async Task The_samples_are_credentials_before_and_after_they_are_signed_and_anchored(string name)
    {
        using var issuer = new SampleIssuer();
        SampleAnchored anchored = await issuer.IssueAnchoredAsync(name);
        Assert.Empty(VerifiableCredential.Validate(Samples.Diploma(name)));
        Assert.Empty(VerifiableCredential.Validate(anchored.Text));

        VerifiableCredential credential = VerifiableCredential.Parse(anchored.Text).Require();
        Assert.Equal(issuer.Did, credential.IssuerId);
        Assert.Equal(["revocation", "suspension"], credential.StatusEntries.Select(entry => entry.StatusPurpose));
        Assert.Equal(anchored.Bare.Handle, credential.RegistryEntries.Single().Handle);
        Assert.Empty(credential.UnknownStatusTypes);
    }

    [Fact]
    public void The_lines_of_the_bulk_file_need_an_issuer_and_nothing_else()
    {
        IReadOnlyList<byte[]> lines = Samples.Bulk();
        Assert.Equal(20, lines.Count);
        using var issuer = new SampleIssuer();
        foreach (byte[] line in lines)
        {
            Assert.Equal("/issuer", VerifiableCredential.Validate(line).Single().Pointer);
            Assert.True(VerifiableCredential.Parse(issuer.Prepare(line).Text).Ok);
        }
    }

    [Theory]
    [InlineData("/validUntil", "\"2026-06-30T10:00:00Z\"")]
    [InlineData("/validUntil", "\"2026-06-30T24:00:00Z\"")]
    [InlineData("/issuer", "\"urn:ietf:rfc:9162\"")]
    [InlineData("/issuer", "\"https://пример.example/ю\"")]
    [InlineData("/id", "\"HTTPS://example.edu/%7Ea?b#c\"")]
    [InlineData("/name", "\"\"")]
    [InlineData("/name", "{\"@value\":\"x\",\"@language\":\"zh-Latn-pinyin\"}")]
    [InlineData("/credentialSubject", "{\"id\":\"urn:x:y\"}")]
    [InlineData("/unknown", "{\"whatever\":[null]}")]
    [InlineData("/credentialStatus/0/statusListIndex", "\"9223372036854775807\"")]
    public void These_are_well(string pointer, string value) =>
        Assert.Empty(VerifiableCredential.Validate(CredentialJson.Full().With(pointer, value).Text()));

    [Fact]
    public void A_document_of_one_mebibyte_is_read_and_a_longer_one_is_not()
    {
        JsonObject document = CredentialJson.Full();
        document["padding"] = new string('x', VerifiableCredential.MaxLength - document.With("/padding", "\"\"").Text().Length);
        byte[] text = document.Text();
        Assert.Equal(VerifiableCredential.MaxLength, text.Length);
        Assert.True(VerifiableCredential.Parse(text).Ok);
        Assert.Equal(ProblemCode.ParsingError, VerifiableCredential.Parse((byte[])[.. text, (byte)' ']).Problem?.Code);
    }
}
