using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Credentials.Jose.Encryption;
using Credentials.Keys;
using Credentials.OpenId.Issuance;
using Credentials.OpenId.Issuance.Metadata;
using Credentials.OpenId.Wallet;
using Credentials.OpenId.Wallet.Issuing;

namespace Credentials.IssuerApi.Tests.Wallets;

/// <summary>Requests that wallets encrypt, and how long tokens may live that nobody is bound to.</summary>
public sealed class RequestEncryptionTests(IssuerApplication app) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task Publishes_a_key_with_an_id_and_takes_requests_that_are_encrypted_to_it()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        using var own = KeyAgreementKey.Generate();
        RequestEncryptionSupport support = await ReadAsync(university, holder);
        (string keyId, PublicKey key) = Assert.Single(support.Keys);
        await holder.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university)));
        byte[] request = new CredentialRequest { ConfigurationId = "diploma-sd-jwt", Proofs = [await holder.ProveAsync(await holder.NonceAsync())], ResponseEncryption = new(own.PublicKey, "A128GCM") }.Write();
        using HttpResponseMessage answer = await PostAsync(holder, CompactJwe.Encrypt(request, key, new("A256GCM") { KeyId = keyId }));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        byte[] opened = CompactJwe.Read(await answer.Content.ReadAsStringAsync()).Require().Decrypt(own).Require();
        Assert.Single(CredentialResponse.Read(opened).Require().Credentials);

        // The answer was lost: encrypted anew the request is the same one, and is answered the same.
        using HttpResponseMessage again = await PostAsync(holder, CompactJwe.Encrypt(request, key, new("A128GCM") { KeyId = keyId, Compress = true }));
        Assert.Equal(opened, CompactJwe.Read(await again.Content.ReadAsStringAsync()).Require().Decrypt(own).Require());
    }

    [Fact]
    public async Task Refuses_what_is_encrypted_to_another_key_or_is_no_JWE_and_answers_in_the_clear()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        using var other = KeyAgreementKey.Generate();
        (string keyId, PublicKey key) = Assert.Single((await ReadAsync(university, holder)).Keys);
        await holder.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university)));
        foreach (string body in new[]
        {
            "no JWE", CompactJwe.Encrypt("{}"u8, key), CompactJwe.Encrypt("{}"u8, key, new() { KeyId = "unknown" }), CompactJwe.Encrypt("{}"u8, other.PublicKey, new() { KeyId = keyId }),
        })
        {
            using HttpResponseMessage answer = await PostAsync(holder, body);
            await answer.AssertRefusedAsync("invalid_encryption_parameters");
        }

        using HttpResponseMessage malformed = await PostAsync(holder, CompactJwe.Encrypt("{}"u8, key, new() { KeyId = keyId }));
        await malformed.AssertRefusedAsync("invalid_credential_request");
    }

    [Fact]
    public async Task Serves_our_headless_wallet_which_encrypts_both_ways()
    {
        University university = await app.CreateUniversityAsync();
        using HttpClient http = app.ClientOf(null);
        using var key = SigningKey.Generate(KeyType.P256);
        IssuanceClient wallet = new(http, new() { PreferEncryption = true });
        OpenedOffer opened = (await wallet.OpenAsync((await Holder.OfferAsync(university)).GetProperty("deepLink").GetString()!, CancellationToken.None)).Require();
        IssuedCredentials issued = (await wallet.AcceptAsync(opened, new("diploma-sd-jwt", [new HolderKey(key, HolderBinding.Jwk)]), CancellationToken.None)).Require();
        Assert.Single(issued.Credentials);
        Assert.Null(await IssuanceClient.NotifyAsync(issued, NotificationRequest.Accepted, CancellationToken.None));
    }

    [Fact]
    public async Task A_token_that_is_bound_to_no_key_lives_five_minutes_at_most()
    {
        University university = await app.CreateUniversityAsync();
        using Holder bearer = new(app, university, dpop: false);
        JsonElement token = await bearer.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university)));
        Assert.Equal("Bearer", token.GetProperty("token_type").GetString());
        Assert.InRange(token.GetProperty("expires_in").GetInt32(), 1, 300);
    }

    private async Task<RequestEncryptionSupport> ReadAsync(University university, Holder holder)
    {
        using HttpClient anybody = app.ClientOf(null);
        byte[] metadata = await anybody.GetByteArrayAsync(new Uri($"/.well-known/openid-credential-issuer/institutions/{university.Slug}", UriKind.Relative));
        return CredentialIssuerMetadata.Read(metadata, holder.Issuer).Require().RequestEncryption!;
    }

    private static Task<HttpResponseMessage> PostAsync(Holder holder, string jwe) =>
        holder.PostAsync("credential", new StringContent(jwe, new MediaTypeHeaderValue("application/jwt")), prove: true, withToken: true);
}
