using System.Text.Json;
using Credentials.Jose.Encryption;
using Credentials.TestKit;

namespace Credentials.OpenId.Issuance;

/// <summary>Requests at the credential and the deferred credential endpoint.</summary>
public sealed class CredentialRequestTests
{
    private const string Key = """{"kty":"EC","crv":"P-256","x":"YO4epjifD-KWeq1sL2tNmm36BhXnkJ0He-WqMYrp9Fk","y":"Hekpm0zfK7C-YccH5iBjcIXgf6YdUvNUac_0At55Okk","alg":"ECDH-ES","kid":"mine"}""";

    [Fact]
    public void Writes_what_it_reads_again()
    {
        using var key = KeyAgreementKey.Generate();
        CredentialRequest request = new() { ConfigurationId = "diploma-sd-jwt", Proofs = ["a.b.c", "d.e.f"], ResponseEncryption = new(key.PublicKey, "A256GCM") { KeyId = "mine" } };
        CredentialRequest read = CredentialRequest.Read(request.Write()).Value!;
        Assert.Equal("diploma-sd-jwt", read.ConfigurationId);
        Assert.Null(read.CredentialIdentifier);
        Assert.Equal(request.Proofs, read.Proofs);
        Assert.Equal("mine", read.ResponseEncryption!.KeyId);
    }

    [Fact]
    public void Passes_over_parameters_that_it_does_not_know() =>
        Assert.Equal("a", CredentialRequest.Read("""{"credential_identifier":"a","format":"dc+sd-jwt","issuer_state":"x"}"""u8.ToArray()).Value!.CredentialIdentifier);

    [Fact]
    public void Reads_the_single_proof_of_the_drafts() =>
        Assert.Equal(["a.b.c"], CredentialRequest.Read("""{"credential_configuration_id":"a","proof":{"proof_type":"jwt","jwt":"a.b.c"}}"""u8.ToArray()).Value!.Proofs);

    [Theory]
    [InlineData("""{"credential_identifier":"a","credential_configuration_id":"b"}""")]
    [InlineData("""{"proofs":{"jwt":["a.b.c"]}}""")]
    [InlineData("""{"credential_identifier":1}""")]
    [InlineData("""{"credential_identifier":"a","credential_identifier":"b"}""")]
    [InlineData("""[]""")]
    [InlineData("""not JSON""")]
    public void Refuses_a_request_that_names_both_kinds_of_identifier_or_neither(string json) =>
        Assert.Equal(IssuanceError.InvalidCredentialRequest, CredentialRequest.Read(Utf8.Bytes(json)).Problem!.Code);

    [Theory]
    [InlineData("""{"jwt":[]}""")]
    [InlineData("""{"jwt":"a.b.c"}""")]
    [InlineData("""{"jwt":[{}]}""")]
    [InlineData("""{"jwt":["a.b.c"],"attestation":["d.e.f"]}""")]
    [InlineData("""{"attestation":["a.b.c"]}""")]
    [InlineData("""{"di_vp":[{}]}""")]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    public void Refuses_proofs_that_are_not_a_non_empty_array_of_exactly_one_type(string proofs) =>
        Assert.Equal(IssuanceError.InvalidProof, CredentialRequest.Read(Utf8.Bytes($$"""{"credential_configuration_id":"a","proofs":{{proofs}}}""")).Problem!.Code);

    [Fact]
    public void Refuses_the_same_proof_twice() =>
        Assert.Equal(IssuanceError.InvalidProof, CredentialRequest.Read("""{"credential_configuration_id":"a","proofs":{"jwt":["a.b.c","a.b.c"]}}"""u8.ToArray()).Problem!.Code);

    [Theory]
    [InlineData("""{"enc":"A128GCM"}""")]
    [InlineData($$"""{"jwk":{{Key}}}""")]
    [InlineData($$"""{"jwk":{{Key}},"enc":"A128GCM","alg":"RSA-OAEP"}""")]
    [InlineData($$"""{"jwk":{{Key}},"enc":"none"}""")]
    [InlineData($$"""{"jwk":{{Key}},"enc":"A128GCM","zip":"GZIP"}""")]
    [InlineData("""{"jwk":{"kty":"oct","k":"AA","alg":"dir"},"enc":"A128GCM"}""")]
    [InlineData("""{"jwk":{"kty":"EC","crv":"P-256","x":"YO4epjifD-KWeq1sL2tNmm36BhXnkJ0He-WqMYrp9Fk","y":"Hekpm0zfK7C-YccH5iBjcIXgf6YdUvNUac_0At55Okk"},"enc":"A128GCM"}""")]
    public void Refuses_a_wish_for_encryption_that_misses_a_part_or_names_what_is_not_known(string wish) =>
        Assert.Equal(IssuanceError.InvalidEncryptionParameters, CredentialRequest.Read(Utf8.Bytes($$"""{"credential_configuration_id":"a","credential_response_encryption":{{wish}}}""")).Problem!.Code);

    [Fact]
    public void Encrypts_the_answer_as_wished_names_the_key_and_compresses_nothing_unasked()
    {
        using var key = KeyAgreementKey.Generate();
        ResponseEncryption wish = new(key.PublicKey, "A128GCM") { KeyId = "mine" };
        CompactJwe jwe = CompactJwe.Read(wish.Encrypt("{}"u8)).Value!;
        Assert.Equal("mine", jwe.KeyId);
        Assert.Equal("A128GCM", jwe.Encryption);
        Assert.Equal("ECDH-ES", jwe.Header.GetProperty("alg").GetString());
        Assert.False(jwe.Header.TryGetProperty("zip", out _));
        Assert.Equal("{}"u8.ToArray(), jwe.Decrypt(key).Value);
    }

    [Fact]
    public void A_deferred_request_has_its_transaction_and_an_encryption_of_its_own()
    {
        using var key = KeyAgreementKey.Generate();
        DeferredCredentialRequest read = DeferredCredentialRequest.Read(new DeferredCredentialRequest("t1", new(key.PublicKey, "A128GCM")).Write()).Value!;
        Assert.Equal("t1", read.TransactionId);
        Assert.NotNull(read.ResponseEncryption);
        Assert.True(DeferredCredentialRequest.Read("""{"transaction_id":"t1","unknown":[]}"""u8.ToArray()).Ok);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"transaction_id":""}""")]
    [InlineData("""{"transaction_id":7}""")]
    public void Refuses_a_deferred_request_without_its_transaction(string json) =>
        Assert.Equal(IssuanceError.InvalidCredentialRequest, DeferredCredentialRequest.Read(Utf8.Bytes(json)).Problem!.Code);

    [Fact]
    public void Writes_the_algorithm_into_the_key_where_the_final_text_wants_it()
    {
        using var key = KeyAgreementKey.Generate();
        JsonElement written = JsonDocument.Parse(new CredentialRequest { ConfigurationId = "a", ResponseEncryption = new(key.PublicKey, "A128GCM") }.Write()).RootElement.GetProperty("credential_response_encryption");
        Assert.Equal("ECDH-ES", written.GetProperty("jwk").GetProperty("alg").GetString());
        Assert.Equal("A128GCM", written.GetProperty("enc").GetString());
    }
}
