using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.EndToEnd.World;
using Credentials.Jose;
using Credentials.Jose.Encryption;
using Credentials.Keys;
using Credentials.OpenId.Presentation;
using Credentials.OpenId.Wallet;
using Credentials.OpenId.Wallet.Presenting;
using Credentials.TestKit.Ledger;

namespace Credentials.EndToEnd;

/// <summary>Attacks on the way of a diploma before an employer, each against the real verifier; the credential is real, too.</summary>
[Collection("end to end")]
public sealed class PresentationAttackTests(SharedWalletWorld shared) : IClassFixture<SharedWalletWorld>
{
    private static readonly string[] s_asked = ["/eqf_level", "/evidence"];

    private WalletWorld World => shared.World;

    [AnvilFact]
    public async Task Refuses_a_presentation_that_was_made_for_an_earlier_question()
    {
        using Attacker learner = await OpenAsync();
        HeldCredential held = await learner.AcceptAsync();
        (CheckedRequest first, Question asked) = await AskAsync();
        string presentation = await PresentAsync(held, first, s_asked);
        await AnswerAsync(first, presentation);
        Assert.Equal("answered", await StateAsync(asked));

        // To another question; and a second answer to the same. (The very same bytes again are a wallet that lost the reply: they get it again, and change nothing.)
        (CheckedRequest second, Question again) = await AskAsync();
        await AnswerAsync(second, presentation);
        Assert.Contains("nonce", await RefusalAsync(again), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.BadRequest, await AnswerAsync(first, await PresentAsync(held, first, s_asked)));
    }

    [AnvilFact]
    public async Task Refuses_a_response_that_was_sent_to_another_session()
    {
        using Attacker learner = await OpenAsync();
        HeldCredential held = await learner.AcceptAsync();
        (CheckedRequest mine, _) = await AskAsync();
        (CheckedRequest theirs, Question asked) = await AskAsync();
        string presentation = await PresentAsync(held, mine, s_asked);
        await AnswerAsync(theirs with { Request = theirs.Request with { State = mine.Request.State } }, presentation);
        Assert.NotEqual("answered", await StateAsync(asked));
    }

    [AnvilFact]
    public async Task Refuses_a_key_binding_of_yesterday()
    {
        using Attacker learner = await OpenAsync();
        HeldCredential held = await learner.AcceptAsync();
        (CheckedRequest request, Question asked) = await AskAsync();
        await AnswerAsync(request, await PresentAsync(held, request, s_asked, TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1)));
        Assert.NotEmpty(await RefusalAsync(asked));
    }

    [AnvilFact]
    public async Task Refuses_a_key_binding_by_another_key()
    {
        using Attacker learner = await OpenAsync();
        HeldCredential held = await learner.AcceptAsync();
        (CheckedRequest request, Question asked) = await AskAsync();
        string unbound = System.Text.Encoding.ASCII.GetString(Open(held).Present([.. s_asked]).Require());
        using var thief = SigningKey.Generate(KeyType.P256);
        JsonObject claims = new()
        {
            ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
            ["aud"] = request.Request.Client!.Text,
            ["nonce"] = request.Request.Nonce,
            ["sd_hash"] = Encoding.StrictBase64Url.Encode(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(unbound))),
        };
        string binding = (await Jwt.SignAsync(System.Text.Encoding.UTF8.GetBytes(claims.ToJsonString()), thief, new("kb+jwt"), CancellationToken.None)).Require();
        await AnswerAsync(request, unbound + binding);
        Assert.NotEmpty(await RefusalAsync(asked));
    }

    [AnvilFact]
    public async Task Refuses_surplus_claims_by_name()
    {
        using Attacker learner = await OpenAsync();
        HeldCredential held = await learner.AcceptAsync();
        (CheckedRequest request, Question asked) = await AskAsync();
        await AnswerAsync(request, await PresentAsync(held, request, [.. s_asked, "/name"]));
        Assert.Contains("name", await RefusalAsync(asked), StringComparison.Ordinal);
    }

    [AnvilFact]
    public async Task Refuses_undisclosed_claims_by_name()
    {
        using Attacker learner = await OpenAsync();
        HeldCredential held = await learner.AcceptAsync();
        (CheckedRequest request, Question asked) = await AskAsync();
        await AnswerAsync(request, await PresentAsync(held, request, ["/evidence"]));
        Assert.Contains("eqf_level", await RefusalAsync(asked), StringComparison.Ordinal);
    }

    [AnvilFact]
    public async Task Refuses_an_answer_that_was_encrypted_with_a_foreign_key()
    {
        using Attacker learner = await OpenAsync();
        HeldCredential held = await learner.AcceptAsync();
        (CheckedRequest request, Question asked) = await AskAsync(ResponseMode.DirectPostJwt);
        using var foreign = KeyAgreementKey.Generate();
        ResponseKey real = request.Request.ClientMetadata!.ResponseKeys[0];
        await AnswerAsync(request, await PresentAsync(held, request, s_asked), real with { Key = foreign.PublicKey });
        Assert.NotEqual("answered", await StateAsync(asked));
    }

    [AnvilFact]
    public async Task Refuses_an_answer_in_the_clear_where_it_asked_for_an_encrypted_one()
    {
        using Attacker learner = await OpenAsync();
        HeldCredential held = await learner.AcceptAsync();
        (CheckedRequest request, Question asked) = await AskAsync(ResponseMode.DirectPostJwt);
        await AnswerAsync(request with { Request = request.Request with { ResponseMode = ResponseMode.DirectPost } }, await PresentAsync(held, request, s_asked));
        Assert.NotEqual("answered", await StateAsync(asked));
    }

    [AnvilFact]
    public async Task Shows_nothing_to_a_request_that_was_signed_by_another_key()
    {
        Question question = await World.AskAsync(Level(ResponseMode.DirectPost));
        CheckedRequest honest = await OpenAsync(question);
        using var thief = SigningKey.Generate(KeyType.P256);
        string forged = await SignAsync(honest.Request with { ResponseUri = "https://thief.example/response" }, thief);
        using CommandLineWallet wallet = new();
        Ran ran = await wallet.RunAsync("present", $"openid4vp://?client_id={Uri.EscapeDataString(honest.Request.Client!.Text)}&request={forged}", "--yes", "--json");
        Assert.Equal((1, "invalid_request"), (ran.Code, ran.Problem));
    }

    [AnvilFact]
    public async Task Shows_nothing_to_a_request_that_was_stripped_of_its_signature()
    {
        Question question = await World.AskAsync(Level(ResponseMode.DirectPost));
        CheckedRequest honest = await OpenAsync(question);
        string stripped = new RequestLink(honest.Request.Client!) { Parameters = honest.Request with { WalletNonce = null } }.ToUri(AuthorizationRequest.DeepLink);
        using CommandLineWallet wallet = new();
        Ran ran = await wallet.RunAsync("present", stripped, "--yes", "--json");
        Assert.Equal((1, "invalid_request"), (ran.Code, ran.Problem));
    }

    private static Task<string> SignAsync(AuthorizationRequest request, SigningKey key) =>
        RequireAsync(RequestObject.SignAsync(request with { WalletNonce = null }, key, $"{request.Client!.Original}#0", [], CancellationToken.None));

    private static async Task<string> RequireAsync(Task<Parsed<string>> parsed) => (await parsed).Require();

    private static SdJwt Open(HeldCredential held) => SdJwt.Open(System.Text.Encoding.ASCII.GetBytes(held.Credential)).Require();

    private static async Task<string> PresentAsync(HeldCredential held, CheckedRequest request, IReadOnlyCollection<string> pointers, DateTimeOffset? issuedAt = null) => System.Text.Encoding.ASCII.GetString((await SdJwt.BindAsync(
        Open(held).Present(pointers).Require(), held.Key.Signer, request.Request.Client!.Text, request.Request.Nonce, issuedAt ?? TimeProvider.System.GetUtcNow(), CancellationToken.None)).Require());

    private static JsonObject Level(string responseMode) => new() { ["query"] = "level", ["level"] = 7, ["responseMode"] = responseMode };

    private async Task<Attacker> OpenAsync() => await Attacker.OpenAsync(World.Web, await World.Registrar.OfferAsync(await shared.DiplomaAsync()));

    private async Task<CheckedRequest> OpenAsync(Question question) => (await new PresentationClient(World.Web, new()).OpenAsync(question.DeepLink, CancellationToken.None)).Require();

    private async Task<(CheckedRequest Request, Question Question)> AskAsync(string responseMode = ResponseMode.DirectPost)
    {
        Question question = await World.AskAsync(Level(responseMode));
        return (await OpenAsync(question), question);
    }

    private async Task<HttpStatusCode> AnswerAsync(CheckedRequest request, string presentation, ResponseKey? key = null)
    {
        AuthorizationResponse response = new()
        {
            VpToken = new(new Dictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>>(StringComparer.Ordinal) { [request.Request.Query.Credentials[0].Id] = [System.Text.Encoding.ASCII.GetBytes(presentation)] }),
            State = request.Request.State,
        };
        using FormUrlEncodedContent form = new(key is null && request.Request.ResponseMode == ResponseMode.DirectPost
            ? response.ToForm()
            : [KeyValuePair.Create("response", CompactJwe.Encrypt(response.ToUtf8(), (key ?? request.Request.ClientMetadata!.ResponseKeys[0]).Key, new(request.Request.ClientMetadata!.EncryptionValues[0]) { KeyId = request.Request.ClientMetadata.ResponseKeys[0].KeyId }))]);
        using HttpResponseMessage answer = await World.Web.PostAsync(new Uri(request.Request.ResponseUri!), form);
        return answer.StatusCode;
    }

    private async Task<string> StateAsync(Question question) => (await World.OutcomeAsync(question)).GetProperty("state").GetString()!;

    // Either the answer was refused, or a presentation in it was: both with the reason.
    private async Task<string> RefusalAsync(Question question)
    {
        JsonElement outcome = await World.OutcomeAsync(question);
        bool rejected = outcome.TryGetProperty("verdict", out JsonElement verdict) && verdict.GetString() == "rejected";
        Assert.True(rejected || outcome.GetProperty("state").GetString() == "refused", outcome.GetRawText());
        return outcome.GetRawText();
    }
}
