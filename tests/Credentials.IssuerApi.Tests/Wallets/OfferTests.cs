using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.OpenId.Issuance;

namespace Credentials.IssuerApi.Tests.Wallets;

/// <summary>Offers: by value and by reference, in bulk, taken back, and who may make them.</summary>
public sealed class OfferTests(IssuerApplication app) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task Offers_by_value_by_reference_by_link_and_by_code()
    {
        University university = await app.CreateUniversityAsync();
        JsonElement made = await Holder.OfferAsync(university, new { txCode = true, expiresIn = 600 });
        CredentialOffer byValue = CredentialOffer.Read(System.Text.Encoding.UTF8.GetBytes(made.GetProperty("offer").GetRawText())).Require();
        Assert.Equal($"http://localhost:7101/institutions/{university.Slug}", byValue.CredentialIssuer);
        Assert.Equal(["diploma-sd-jwt", "diploma-jwt-vc", "diploma-ldp-vc", "diploma-vc-jwt"], byValue.ConfigurationIds);
        Assert.Equal(6, byValue.PreAuthorizedCode?.TransactionCode?.Length);
        Assert.Matches("^[0-9]{6}$", made.GetProperty("txCode").GetString());
        Uri reference = new(made.GetProperty("offerUri").GetString()!);
        Assert.Equal(reference, CredentialOfferLink.Read(made.GetProperty("deepLink").GetString()!).Require().Reference);
        Assert.StartsWith("openid-credential-offer://?", made.GetProperty("deepLink").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("http://localhost:7103/offer?credential_offer_uri=", made.GetProperty("walletLink").GetString(), StringComparison.Ordinal);

        using HttpClient anybody = app.ClientOf(null);
        using HttpResponseMessage answer = await anybody.GetAsync(reference.AbsolutePath);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(made.GetProperty("offer").GetRawText(), (await answer.ReadAsync(HttpStatusCode.OK)).GetRawText());
        Assert.StartsWith("<svg", await anybody.GetStringAsync(reference.AbsolutePath + "/qr.svg"), StringComparison.Ordinal);
        Assert.Equal([0x89, 0x50], (await anybody.GetByteArrayAsync(reference.AbsolutePath + "/qr.png?link=wallet"))[..2]);
    }

    [Theory]
    [InlineData("""{"grant":"implicit"}""")]
    [InlineData("""{"grant":"authorization_code","txCode":false}""")]
    [InlineData("""{"expiresIn":0}""")]
    [InlineData("""{"expiresIn":99999999}""")]
    [InlineData("""{"configurations":[]}""")]
    [InlineData("""{"configurations":["passport"]}""")]
    [InlineData("""{"configurations":["diploma-sd-jwt","diploma-sd-jwt"]}""")]
    [InlineData("""{"txCode":"yes"}""")]
    [InlineData("""{"txCode":true,"txCode":false}""")]
    public async Task Refuses_an_offer_that_cannot_be_made(string body)
    {
        University university = await app.CreateUniversityAsync();
        string id = await university.Registrar.IssueIdAsync();
        using HttpResponseMessage answer = await university.Registrar.PostAsync($"/credentials/{id}/offers", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        await answer.ReadProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Refuses_offers_by_others_of_others_diplomas_and_of_copies()
    {
        University university = await app.CreateUniversityAsync();
        University other = await app.CreateUniversityAsync();
        string id = await university.Registrar.IssueIdAsync();
        using HttpClient anybody = app.ClientOf(null);
        using HttpResponseMessage anonymous = await anybody.PostAsJsonAsync($"/credentials/{id}/offers", new { });
        await anonymous.ReadProblemAsync(HttpStatusCode.Unauthorized);
        using HttpResponseMessage foreign = await other.Registrar.PostAsJsonAsync($"/credentials/{id}/offers", new { });
        await foreign.ReadProblemAsync(HttpStatusCode.NotFound);
        using Holder holder = new(app, university);
        JsonNode copy = JsonNode.Parse(await holder.AcceptAsync(await Holder.OfferAsync(university, credentialId: id), "diploma-ldp-vc"))!;
        using HttpResponseMessage ofCopy = await university.Registrar.PostAsJsonAsync($"/credentials/{copy["id"]}/offers", new { });
        await ofCopy.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
    }

    [Fact]
    public async Task Takes_an_offer_back()
    {
        University university = await app.CreateUniversityAsync();
        string id = await university.Registrar.IssueIdAsync();
        JsonElement offer = await Holder.OfferAsync(university, credentialId: id);
        string path = $"/credentials/{id}/offers/{offer.GetProperty("id").GetString()}";
        using HttpResponseMessage revoked = await university.Registrar.DeleteAsync(path);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        using HttpResponseMessage missing = await university.Registrar.DeleteAsync($"/credentials/{id}/offers/none");
        await missing.ReadProblemAsync(HttpStatusCode.NotFound);
        using HttpClient anybody = app.ClientOf(null);
        using HttpResponseMessage gone = await anybody.GetAsync(new Uri(offer.GetProperty("offerUri").GetString()!).AbsolutePath);
        await gone.ReadProblemAsync(HttpStatusCode.NotFound);
        using Holder holder = new(app, university);
        using HttpResponseMessage code = await holder.PostTokenAsync(Holder.CodeOf(offer));
        await code.AssertRefusedAsync("invalid_grant");
        using HttpResponseMessage list = await university.Registrar.GetAsync($"/credentials/{id}/offers");
        Assert.Equal("revoked", (await list.ReadAsync(HttpStatusCode.OK))[0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_new_offer_takes_the_place_of_those_that_nobody_redeemed_unless_they_are_to_be_kept()
    {
        University university = await app.CreateUniversityAsync();
        string id = await university.Registrar.IssueIdAsync();
        JsonElement redeemed = await Holder.OfferAsync(university, credentialId: id);
        using Holder holder = new(app, university);
        await holder.RedeemAsync(Holder.CodeOf(redeemed));
        JsonElement lost = await Holder.OfferAsync(university, credentialId: id);
        JsonElement second = await Holder.OfferAsync(university, credentialId: id);
        await Holder.OfferAsync(university, new { keepOthers = true }, id);
        JsonElement list = await university.Registrar.GetFromJsonAsync<JsonElement>($"/credentials/{id}/offers");
        Assert.Equal(["redeemed", "revoked", "open", "open"], list.EnumerateArray().Select(each => each.GetProperty("state").GetString()));
        using Holder other = new(app, university);
        using HttpResponseMessage old = await other.PostTokenAsync(Holder.CodeOf(lost));
        await old.AssertRefusedAsync("invalid_grant");
        await other.RedeemAsync(Holder.CodeOf(second));
    }

    [Fact]
    public async Task Goes_on_with_the_offers_of_a_batch_behind_the_last_line_that_arrived()
    {
        University university = await app.CreateUniversityAsync();
        JsonElement batch = await university.Registrar.SettleBatchAsync(Enumerable.Range(0, 45).Select(i => Diploma.Unsigned($"Learner {i}").ToJsonString()));
        using HttpResponseMessage answer = await university.Registrar.PostAsJsonAsync($"/batches/{batch.GetProperty("id").GetString()}/offers?after=3", new { });
        string[] lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(4, 42), lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task Offers_every_credential_of_a_batch_and_says_which_are_not_offered()
    {
        University university = await app.CreateUniversityAsync();
        JsonElement batch = await university.Registrar.SettleBatchAsync(Enumerable.Range(0, 5).Select(i => Diploma.Unsigned($"Learner {i}").ToJsonString()));
        string id = batch.GetProperty("id").GetString()!;
        JsonElement credentials = await university.Registrar.GetFromJsonAsync<JsonElement>($"/batches/{id}/credentials");
        string revoked = credentials.GetProperty("items")[2].GetProperty("id").GetString()!;
        (await university.Registrar.PostStatusAsync(revoked, "revocation", true)).EnsureSuccessStatusCode();
        using HttpResponseMessage answer = await university.Registrar.PostAsJsonAsync($"/batches/{id}/offers", new { txCode = true });
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        JsonElement[] lines = [.. (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal([1, 2, 3, 4, 5], lines.Select(line => line.GetProperty("line").GetInt32()));
        Assert.Equal("CONFLICT", lines[2].GetProperty("problem").GetProperty("code").GetString());
        Assert.Equal(4, lines.Where(line => line.TryGetProperty("offerUri", out _)).Select(line => line.GetProperty("txCode").GetString() + line.GetProperty("offerUri").GetString()).Distinct(StringComparer.Ordinal).Count());
        using Holder holder = new(app, university);
        await holder.AcceptAsync(lines[4]);
        using HttpResponseMessage foreign = await (await app.CreateUniversityAsync()).Registrar.PostAsJsonAsync($"/batches/{id}/offers", new { });
        await foreign.ReadProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Keeps_no_secret_of_an_offer_in_the_database_or_the_log()
    {
        University university = await app.CreateUniversityAsync();
        JsonElement offer = await Holder.OfferAsync(university, new { txCode = true });
        using Holder holder = new(app, university);
        await holder.AcceptAsync(offer);
        string token = new Uri(offer.GetProperty("offerUri").GetString()!).Segments[^1];
        Assert.All((string[])[token, Holder.CodeOf(offer), holder.Token!], secret => Assert.DoesNotContain(app.Log, line => line.Contains(secret, StringComparison.Ordinal)));
    }
}
