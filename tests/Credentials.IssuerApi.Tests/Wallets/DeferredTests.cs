using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DcSdJwt;
using Credentials.IssuerApi.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Credentials.IssuerApi.Tests.Wallets;

/// <summary>Copies that wait for the anchor of their master, and word from the wallet.</summary>
public sealed class DeferredTests : IAsyncLifetime, IDisposable
{
    private readonly IssuerApplication _app = new();

    [Fact]
    public async Task Defers_until_the_masters_anchor_is_final_and_hands_out_once()
    {
        _app.Settings["Issuer:Wallets:DeferUntilFinal"] = "true";
        _app.Settings["Anchoring:MaxBatchAge"] = "00:00:02";
        University university = await _app.CreateUniversityAsync();
        string master = await university.Registrar.IssueIdAsync();
        using Holder holder = new(_app, university);
        await holder.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university, credentialId: master)));
        JsonObject request = Holder.Request("diploma-sd-jwt", await holder.ProveAsync(await holder.NonceAsync()));
        using HttpResponseMessage deferred = await holder.PostJsonAsync("credential", request);
        JsonElement promise = await deferred.ReadAsync(HttpStatusCode.Accepted);
        string transaction = promise.GetProperty("transaction_id").GetString()!;
        Assert.True(promise.GetProperty("interval").GetInt32() > 0);
        using HttpResponseMessage unknown = await holder.PostJsonAsync("deferred", new JsonObject { ["transaction_id"] = "none" });
        await unknown.AssertRefusedAsync("invalid_transaction_id");
        using HttpResponseMessage malformed = await holder.PostJsonAsync("deferred", new JsonObject());
        await malformed.AssertRefusedAsync("invalid_credential_request");
        using HttpResponseMessage pending = await holder.PostJsonAsync("deferred", new JsonObject { ["transaction_id"] = transaction });
        JsonElement notYet = await pending.ReadAsync(HttpStatusCode.Accepted);
        Assert.Equal(transaction, notYet.GetProperty("transaction_id").GetString());
        Assert.True(notYet.GetProperty("interval").GetInt32() > 0 && !notYet.TryGetProperty("credentials", out _));
        using Holder other = new(_app, university);
        await other.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university)));
        using HttpResponseMessage foreign = await other.PostJsonAsync("deferred", new JsonObject { ["transaction_id"] = transaction });
        await foreign.AssertRefusedAsync("invalid_transaction_id");

        await university.Registrar.WaitForAsync($"/credentials/{master}/state", state => state.GetProperty("state").GetString() == "finalized");
        (await university.Registrar.PostStatusAsync(master, "suspension", true)).EnsureSuccessStatusCode();
        using HttpResponseMessage held = await holder.PostJsonAsync("deferred", new JsonObject { ["transaction_id"] = transaction });
        Assert.Equal(transaction, (await held.ReadAsync(HttpStatusCode.Accepted)).GetProperty("transaction_id").GetString());
        (await university.Registrar.PostStatusAsync(master, "suspension", false)).EnsureSuccessStatusCode();
        using HttpResponseMessage now = await holder.PostJsonAsync("deferred", new JsonObject { ["transaction_id"] = transaction });
        JsonElement answer = await now.ReadAsync(HttpStatusCode.OK);
        SdJwtVc copy = SdJwtVc.Open(System.Text.Encoding.ASCII.GetBytes(Holder.CredentialIn(answer))).Require();
        Assert.NotNull(Assert.Single(AwardEvidence.ReadAll(copy.ClaimSet)).Require().Receipt);
        using HttpResponseMessage lost = await holder.PostJsonAsync("deferred", new JsonObject { ["transaction_id"] = transaction });
        JsonElement again = await lost.ReadAsync(HttpStatusCode.OK);
        Assert.Equal(answer.GetRawText(), again.GetRawText());

        // It was obtained once the wallet said so.
        using HttpResponseMessage obtained = await holder.PostJsonAsync("notification", new JsonObject { ["notification_id"] = again.GetProperty("notification_id").GetString(), ["event"] = "credential_accepted" });
        Assert.Equal(HttpStatusCode.NoContent, obtained.StatusCode);
        using HttpResponseMessage twice = await holder.PostJsonAsync("deferred", new JsonObject { ["transaction_id"] = transaction });
        await twice.AssertRefusedAsync("invalid_transaction_id");

        // Whoever lost that answer repeats the first request.
        using HttpResponseMessage repeated = await holder.PostJsonAsync("credential", request);
        Assert.Equal(Holder.CredentialIn(answer), Holder.CredentialIn(await repeated.ReadAsync(HttpStatusCode.OK)));
    }

    [Fact]
    public async Task Takes_word_of_how_it_ended_as_often_as_it_comes()
    {
        University university = await _app.CreateUniversityAsync();
        using Holder holder = new(_app, university);
        await holder.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university)));
        using HttpResponseMessage issued = await holder.PostJsonAsync("credential", Holder.Request("diploma-sd-jwt", await holder.ProveAsync(await holder.NonceAsync())));
        string id = (await issued.ReadAsync(HttpStatusCode.OK)).GetProperty("notification_id").GetString()!;
        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage taken = await holder.PostJsonAsync("notification", new JsonObject { ["notification_id"] = id, ["event"] = "credential_accepted" });
            Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        }

        // Written once, and not again when it goes back and forth.
        foreach (string what in (string[])["credential_deleted", "credential_accepted", "credential_failure", "credential_deleted"])
        {
            using HttpResponseMessage taken = await holder.PostJsonAsync("notification", new JsonObject { ["notification_id"] = id, ["event"] = what });
            Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        }

        string[] noted = [.. await _app.Services.GetRequiredService<IDatabase>().ReadAsync(connection => connection.QueryAsync<string>("SELECT detail FROM audit_log WHERE action = 'notify-copy' ORDER BY id"), CancellationToken.None)];
        Assert.Equal(["credential_accepted", "credential_deleted"], noted);

        using HttpResponseMessage unknown = await holder.PostJsonAsync("notification", new JsonObject { ["notification_id"] = "none", ["event"] = "credential_accepted" });
        await unknown.AssertRefusedAsync("invalid_notification_id");
        using HttpResponseMessage noEvent = await holder.PostJsonAsync("notification", new JsonObject { ["notification_id"] = id, ["event"] = "credential_lost" });
        await noEvent.AssertRefusedAsync("invalid_notification_request");
        using HttpResponseMessage quoted = await holder.PostJsonAsync("notification", new JsonObject { ["notification_id"] = id, ["event"] = "credential_failure", ["event_description"] = "\"é" });
        await quoted.AssertRefusedAsync("invalid_notification_request");
        holder.Token = "none";
        using HttpResponseMessage noToken = await holder.PostJsonAsync("notification", new JsonObject { ["notification_id"] = id, ["event"] = "credential_accepted" });
        await noToken.AssertRefusedAsync("invalid_token", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Obeys_when_it_is_told_to_give_tokens_to_keys_alone()
    {
        _app.Settings["Issuer:Wallets:RequireDpop"] = "true";
        _app.Settings["Issuer:Wallets:RequireDpopNonce"] = "true";
        University university = await _app.CreateUniversityAsync();
        string code = Holder.CodeOf(await Holder.OfferAsync(university));
        using Holder bearer = new(_app, university, dpop: false);
        using HttpResponseMessage refused = await bearer.PostTokenAsync(code);
        await refused.AssertRefusedAsync("invalid_dpop_proof");
        using Holder holder = new(_app, university);
        using HttpResponseMessage nonce = await holder.PostTokenAsync(code);
        await nonce.AssertRefusedAsync("use_dpop_nonce");
    }

    public Task InitializeAsync() => _app.InitializeAsync();

    public Task DisposeAsync() => ((IAsyncLifetime)_app).DisposeAsync();

    public void Dispose() => _app.Dispose();
}
