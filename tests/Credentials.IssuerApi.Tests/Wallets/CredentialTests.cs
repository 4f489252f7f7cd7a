using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DcSdJwt;
using Credentials.Dids.Methods;
using Credentials.Enveloping;
using Credentials.Jose.Encryption;
using Credentials.Keys;
using Credentials.Status;

namespace Credentials.IssuerApi.Tests.Wallets;

/// <summary>The credential endpoint: what it issues, and what it refuses.</summary>
public sealed class CredentialTests(IssuerApplication app) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task Issues_an_sd_jwt_vc_bound_to_the_wallets_key()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        SdJwtVc copy = SdJwtVc.Open(System.Text.Encoding.ASCII.GetBytes(await holder.AcceptAsync(await Holder.OfferAsync(university)))).Require();
        Assert.Equal(holder.Issuer, copy.Issuer);
        Assert.Equal("urn:credentials:diploma:v1", copy.CredentialType);
        Assert.Equal(holder.Key.PublicKey, copy.Confirmation?.Key);
        Assert.Equal("Maria Exemplo", copy.ClaimSet.GetProperty("name").GetString());
        Assert.Single(AwardEvidence.ReadAll(copy.ClaimSet));
        JsonElement did = JsonDocument.Parse(await app.ClientOf(null).GetStringAsync($"/institutions/{university.Slug}/did.json")).RootElement;
        string multibase = did.GetProperty("verificationMethod").EnumerateArray().First(method => method.GetProperty("id").GetString() == copy.KeyId).GetProperty("publicKeyMultibase").GetString()!;
        Assert.Null(copy.Verify(Multikey.Decode(multibase).Require()));
    }

    [Theory]
    [InlineData("diploma-jwt-vc", "did:key")]
    [InlineData("diploma-jwt-vc", "jwk")]
    [InlineData("diploma-ldp-vc", "did:key")]
    [InlineData("diploma-ldp-vc", "did:jwk")]
    [InlineData("diploma-vc-jwt", "jwk")]
    public async Task Issues_the_other_forms_to_the_holders_DID(string configuration, string binding)
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        byte[] copy = System.Text.Encoding.UTF8.GetBytes(await holder.AcceptAsync(await Holder.OfferAsync(university), configuration, binding));
        ReadOnlyMemory<byte> document = copy[0] == (byte)'{' ? copy : Envelope.Open(copy).Require().Payload;
        JsonElement json = JsonDocument.Parse(document).RootElement;
        Assert.Equal(binding == "did:key" ? DidKey.Of(holder.Key.PublicKey) : DidJwk.Of(holder.Key.PublicKey), json.GetProperty("credentialSubject").GetProperty("id").GetString());
        Assert.Single(AwardEvidence.ReadAll(json));
    }

    [Fact]
    public async Task Issues_a_batch_over_one_nonce_each_with_a_status_of_its_own()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        await holder.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university)));
        string nonce = await holder.NonceAsync();
        using var second = SigningKey.Generate(KeyType.P256);
        using var third = SigningKey.Generate(KeyType.Ed25519);
        using HttpResponseMessage answer = await holder.PostJsonAsync("credential", Holder.Request("diploma-sd-jwt", await holder.ProveAsync(nonce), await holder.ProveAsync(nonce, second), await holder.ProveAsync(nonce, third, binding: "did:key")));
        JsonElement body = await answer.ReadAsync(HttpStatusCode.OK);
        SdJwtVc[] copies = [.. Enumerable.Range(0, 3).Select(i => SdJwtVc.Open(System.Text.Encoding.ASCII.GetBytes(Holder.CredentialIn(body, i))).Require())];
        Assert.Equal([holder.Key.PublicKey, second.PublicKey, third.PublicKey], copies.Select(copy => copy.Confirmation!.Key!));
        Assert.Equal(3, copies.Select(copy => copy.ClaimSet.GetProperty("status").GetRawText()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(3, copies.Select(copy => copy.ClaimSet.GetProperty("credentialStatus").GetRawText()).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Answers_the_same_request_with_the_same_credential_and_issues_nothing_twice()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        await holder.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university)));
        JsonObject request = Holder.Request("diploma-sd-jwt", await holder.ProveAsync(await holder.NonceAsync()));
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => holder.PostJsonAsync("credential", request)));
        List<string> credentials = [];
        foreach (HttpResponseMessage answer in answers)
        {
            credentials.Add((await answer.ReadAsync(HttpStatusCode.OK)).GetRawText());
        }

        Assert.Single(credentials.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Refuses_a_second_request_with_other_proofs_for_what_was_issued()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        await holder.AcceptAsync(await Holder.OfferAsync(university));
        using HttpResponseMessage again = await holder.PostJsonAsync("credential", Holder.Request("diploma-sd-jwt", await holder.ProveAsync(await holder.NonceAsync())));
        await again.AssertRefusedAsync("credential_request_denied");

        // Another form of the same offer is another copy.
        using HttpResponseMessage other = await holder.PostJsonAsync("credential", Holder.Request("diploma-jwt-vc", await holder.ProveAsync(await holder.NonceAsync())));
        await other.ReadAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Attack_one_offer_does_not_yield_copies_without_end()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        await holder.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university)));
        SigningKey[] keys = [.. Enumerable.Range(0, 7).Select(_ => SigningKey.Generate(KeyType.P256))];

        async Task<HttpResponseMessage> AskAsync(string configuration, int count)
        {
            string nonce = await holder.NonceAsync();
            return await holder.PostJsonAsync("credential", Holder.Request(configuration, await Task.WhenAll(keys[..count].Select(key => holder.ProveAsync(nonce, key)))));
        }

        using HttpResponseMessage seven = await AskAsync("diploma-sd-jwt", 7);
        await seven.ReadAsync(HttpStatusCode.OK);
        using HttpResponseMessage four = await AskAsync("diploma-jwt-vc", 4);
        await four.AssertRefusedAsync("credential_request_denied");
        using HttpResponseMessage three = await AskAsync("diploma-jwt-vc", 3);
        await three.ReadAsync(HttpStatusCode.OK);
        using HttpResponseMessage one = await AskAsync("diploma-ldp-vc", 1);
        await one.AssertRefusedAsync("credential_request_denied");
        Array.ForEach(keys, key => key.Dispose());
    }

    [Fact]
    public async Task Attack_a_replayed_nonce_is_refused()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        await holder.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university)));
        string nonce = await holder.NonceAsync();
        using HttpResponseMessage first = await holder.PostJsonAsync("credential", Holder.Request("diploma-sd-jwt", await holder.ProveAsync(nonce)));
        await first.ReadAsync(HttpStatusCode.OK);
        using HttpResponseMessage second = await holder.PostJsonAsync("credential", Holder.Request("diploma-jwt-vc", await holder.ProveAsync(nonce)));
        await second.AssertRefusedAsync("invalid_nonce");
    }

    [Fact]
    public async Task Attack_a_proof_for_another_audience_or_with_anothers_nonce_is_refused()
    {
        University university = await app.CreateUniversityAsync();
        University other = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        using Holder elsewhere = new(app, other);
        await holder.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university)));
        using HttpResponseMessage audience = await holder.PostJsonAsync("credential", Holder.Request("diploma-sd-jwt", await holder.ProveAsync(await holder.NonceAsync(), audience: other.Did)));
        await audience.AssertRefusedAsync("invalid_proof");
        using HttpResponseMessage mixed = await holder.PostJsonAsync("credential", Holder.Request("diploma-sd-jwt", await holder.ProveAsync(await elsewhere.NonceAsync())));
        await mixed.AssertRefusedAsync("invalid_nonce");

        // A token opens nothing at another issuer.
        elsewhere.Token = holder.Token;
        using HttpResponseMessage mixUp = await elsewhere.PostAsync("credential", System.Net.Http.Json.JsonContent.Create(Holder.Request("diploma-sd-jwt", await elsewhere.ProveAsync(await elsewhere.NonceAsync()))), prove: false, withToken: true);
        await mixUp.AssertRefusedAsync("invalid_token", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Refuses_proofs_that_are_none_and_then_still_issues()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        await holder.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university)));
        string nonce = await holder.NonceAsync();
        using var other = SigningKey.Generate(KeyType.P256);
        string good = await holder.ProveAsync(nonce);
        string[][] bad =
        [
            [],
            ["no.jwt.atall"],
            [await holder.ProveAsync(nonce, type: "JWT")],
            [await holder.ProveAsync(nonce, at: holder.Now.AddMinutes(-10))],
            [await holder.ProveAsync(nonce, at: holder.Now.AddMinutes(10))],
            [good[..^8] + "AAAAAAAA"],
            [good, await holder.ProveAsync(nonce, binding: "did:key")],
            [await holder.ProveAsync(nonce: null)],
            [good, await holder.ProveAsync(nonce: null, other)],
        ];
        foreach (string[] proofs in bad)
        {
            using HttpResponseMessage answer = await holder.PostJsonAsync("credential", proofs.Length == 0 ? new JsonObject { ["credential_configuration_id"] = "diploma-sd-jwt" } : Holder.Request("diploma-sd-jwt", proofs));
            await answer.AssertRefusedAsync("invalid_proof");
        }

        foreach (string?[] nonces in (string?[][])[["garbage"], [nonce, await holder.NonceAsync()]])
        {
            List<string> proofs = [];
            foreach (string? each in nonces)
            {
                proofs.Add(await holder.ProveAsync(each, proofs.Count == 0 ? null : other));
            }

            using HttpResponseMessage answer = await holder.PostJsonAsync("credential", Holder.Request("diploma-sd-jwt", [.. proofs]));
            await answer.AssertRefusedAsync("invalid_nonce");
        }

        // The draft's single proof is taken.
        using HttpResponseMessage issued = await holder.PostJsonAsync("credential", new JsonObject { ["credential_configuration_id"] = "diploma-sd-jwt", ["proof"] = new JsonObject { ["proof_type"] = "jwt", ["jwt"] = good } });
        await issued.ReadAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Refuses_requests_that_name_what_was_not_granted()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        await holder.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university, new { configurations = new[] { "diploma-sd-jwt" } })));
        string proof = await holder.ProveAsync(await holder.NonceAsync());
        (string Body, string Error)[] refusals =
        [
            ("{}", "invalid_credential_request"),
            ("[]", "invalid_credential_request"),
            ("{", "invalid_credential_request"),
            ("""{"credential_configuration_id":"a","credential_configuration_id":"b"}""", "invalid_credential_request"),
            ("""{"credential_configuration_id":"diploma-sd-jwt","credential_identifier":"x"}""", "invalid_credential_request"),
            ("""{"credential_configuration_id":"diploma-ldp-vc"}""", "unknown_credential_configuration"),
            ("""{"credential_configuration_id":"passport"}""", "unknown_credential_configuration"),
            ("""{"credential_identifier":"diploma-sd-jwt:1"}""", "unknown_credential_identifier"),
            ($$$$"""{"credential_configuration_id":"diploma-sd-jwt","proofs":{"jwt":["{{{{proof}}}}"],"ldp_vp":[]}}""", "invalid_proof"),
            ($$$$"""{"credential_configuration_id":"diploma-sd-jwt","proofs":{"jwt":["{{{{proof}}}}"]},"credential_response_encryption":{"enc":"A128GCM"}}""", "invalid_encryption_parameters"),
            ($$$$"""{"credential_configuration_id":"diploma-sd-jwt","proofs":{"jwt":["{{{{proof}}}}"]},"credential_response_encryption":{"enc":"A128GCM","alg":"RSA-OAEP","jwk":{"kty":"EC"}}}""", "invalid_encryption_parameters"),
        ];
        foreach ((string body, string error) in refusals)
        {
            using HttpResponseMessage answer = await holder.PostAsync("credential", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), prove: true, withToken: true);
            await answer.AssertRefusedAsync(error);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Encrypts_the_answer_in_the_shape_of_1_0_and_of_the_draft(bool draft)
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        using var key = KeyAgreementKey.Generate();
        await holder.RedeemAsync(Holder.CodeOf(await Holder.OfferAsync(university)));
        JsonObject request = Holder.Request("diploma-sd-jwt", await holder.ProveAsync(await holder.NonceAsync()));
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            JsonWebKey.Write(writer, key.PublicKey);
        }

        JsonObject jwk = JsonNode.Parse(stream.ToArray())!.AsObject();
        jwk["kid"] = "w1";
        JsonObject encryption = new() { ["jwk"] = jwk, ["enc"] = "A256GCM" };
        (draft ? encryption : jwk)["alg"] = "ECDH-ES";
        request["credential_response_encryption"] = encryption;
        using HttpResponseMessage answer = await holder.PostJsonAsync("credential", request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/jwt", answer.Content.Headers.ContentType?.MediaType);
        CompactJwe jwe = CompactJwe.Read(await answer.Content.ReadAsStringAsync()).Require();
        Assert.Equal(("w1", "A256GCM"), (jwe.KeyId, jwe.Encryption));
        Assert.StartsWith("eyJ", Holder.CredentialIn(JsonDocument.Parse(jwe.Decrypt(key).Require()).RootElement), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revokes_and_suspends_the_copies_with_their_master()
    {
        University university = await app.CreateUniversityAsync();
        using Holder holder = new(app, university);
        using HttpClient anybody = app.ClientOf(null);
        string master = await university.Registrar.IssueIdAsync();
        SdJwtVc copy = SdJwtVc.Open(System.Text.Encoding.ASCII.GetBytes(await holder.AcceptAsync(await Holder.OfferAsync(university, credentialId: master)))).Require();
        JsonElement status = copy.ClaimSet.GetProperty("status").GetProperty("status_list");
        string path = new Uri(status.GetProperty("uri").GetString()!).AbsolutePath;
        int index = status.GetProperty("idx").GetInt32();

        async Task<byte> ReadAsync(string accept)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, path);
            request.Headers.Add("Accept", accept);
            using HttpResponseMessage answer = await anybody.SendAsync(request);
            Assert.Equal(accept, answer.Content.Headers.ContentType?.MediaType);
            return StatusListToken.Open(await answer.Content.ReadAsByteArrayAsync()).Require().Claims.List[index];
        }

        Assert.Equal(TokenStatusList.Valid, await ReadAsync(StatusListToken.JwtMediaType));
        (await university.Registrar.PostStatusAsync(master, "suspension", true)).EnsureSuccessStatusCode();
        Assert.Equal(TokenStatusList.Suspended, await ReadAsync(StatusListToken.JwtMediaType));
        (await university.Registrar.PostStatusAsync(master, "suspension", false)).EnsureSuccessStatusCode();
        Assert.Equal(TokenStatusList.Valid, await ReadAsync(StatusListToken.CwtMediaType));
        (await university.Registrar.PostStatusAsync(master, "revocation", true)).EnsureSuccessStatusCode();
        Assert.Equal(TokenStatusList.Invalid, await ReadAsync(StatusListToken.CwtMediaType));
        using HttpResponseMessage offer = await university.Registrar.PostAsync($"/credentials/{master}/offers", System.Net.Http.Json.JsonContent.Create(new { }));
        await offer.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
    }

    [Fact]
    public async Task Issues_nothing_of_a_diploma_that_was_revoked_or_suspended_since_it_was_offered()
    {
        University university = await app.CreateUniversityAsync();
        string master = await university.Registrar.IssueIdAsync();
        JsonElement offer = await Holder.OfferAsync(university, credentialId: master);
        JsonElement untouched = await Holder.OfferAsync(university, new { keepOthers = true }, master);
        using Holder holder = new(app, university);
        await holder.RedeemAsync(Holder.CodeOf(offer));
        (await university.Registrar.PostStatusAsync(master, "suspension", true)).EnsureSuccessStatusCode();
        using HttpResponseMessage suspended = await holder.PostJsonAsync("credential", Holder.Request("diploma-sd-jwt", await holder.ProveAsync(await holder.NonceAsync())));
        await suspended.AssertRefusedAsync("temporarily_unavailable", HttpStatusCode.ServiceUnavailable);
        Assert.True(suspended.Headers.RetryAfter?.Delta > TimeSpan.Zero, "A suspension may pass: say when to ask again.");
        (await university.Registrar.PostStatusAsync(master, "suspension", false)).EnsureSuccessStatusCode();
        (await university.Registrar.PostStatusAsync(master, "revocation", true)).EnsureSuccessStatusCode();
        using HttpResponseMessage revoked = await holder.PostJsonAsync("credential", Holder.Request("diploma-sd-jwt", await holder.ProveAsync(await holder.NonceAsync())));
        await revoked.AssertRefusedAsync("credential_request_denied");
        using HttpResponseMessage code = await holder.PostTokenAsync(Holder.CodeOf(untouched));
        await code.AssertRefusedAsync("invalid_grant");
    }
}
