using System.Net;
using System.Text.Json;
using Credentials.OpenId;
using Credentials.OpenId.Presentation;
using Credentials.OpenId.Presentation.Dcql;
using Credentials.TestKit.Wallets;
using Credentials.VerifierWeb.Languages;
using Credentials.VerifierWeb.Presentations;

namespace Credentials.VerifierWeb.Tests.Presentations;

/// <summary>What is made of an answer, and what is said of it.</summary>
public sealed class PresentationAnswerTests(VerifierApplication application) : IClassFixture<VerifierApplication>
{
    [Fact]
    public async Task Says_of_a_copy_that_the_award_was_recorded_and_not_this_document()
    {
        using Asker asker = new(application);
        using Learner learner = await Learner.CreateAsync(application.World);
        JsonElement opened = await asker.AskAsync("""{"query":"degree"}""");
        (await asker.Wallet.SendAsync(await asker.ProposeAsync(opened, learner.Held), default)).Require();

        foreach (Words words in LanguageTable.All)
        {
            string page = WebUtility.HtmlDecode(await asker.PageAsync(opened, words.Tag));
            Assert.Contains(words.Ask.CopyRecordFound, page, StringComparison.Ordinal);
            Assert.DoesNotContain(words.Checks["anchor"].Passed, page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""["VerifiableCredential","Diploma"]""", """["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/undefined-terms/v2"]""", true)]
    [InlineData("""["VerifiableCredential","Diploma"]""", """["https://www.w3.org/ns/credentials/v2",{"@vocab":"urn:credentials:diploma:v1#"}]""", true)]
    [InlineData("""["VerifiableCredential","Diploma"]""", """["https://www.w3.org/2018/credentials/v1"]""", true)]
    [InlineData("""["VerifiableCredential"]""", """["https://www.w3.org/ns/credentials/v2"]""", false)]
    [InlineData("""["VerifiableCredential","OpenBadgeCredential"]""", """["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/undefined-terms/v2"]""", false)]
    [InlineData("""["VerifiableCredential","Diploma"]""", """["https://www.w3.org/ns/credentials/v2",{"@vocab":"https://elsewhere.example/"}]""", false)]
    public void Asks_for_a_whole_diploma_and_no_other_credential(string types, string contexts, bool answers)
    {
        JsonElement credential = JsonDocument.Parse($$"""{"@context":{{contexts}},"type":{{types}}}""").RootElement;

        Assert.All(Question.OfDiploma().Query.Credentials.Where(asked => asked.Format != CredentialFormat.SdJwtVc), asked =>
            Assert.Equal(answers, DcqlSelection.Match(asked, DcqlCredential.Of("1", asked.Format, credential, isHolderBound: true)) is not null));
    }

    [Fact]
    public async Task Shows_links_without_a_code_for_a_request_that_is_too_large_for_one()
    {
        using Asker asker = new(application);
        string claims = string.Join(",", Enumerable.Range(0, 60).Select(i => $$"""{"path":["a_claim_with_a_rather_long_name_number_{{i}}"]}"""));
        JsonElement opened = await asker.AskAsync($$"""{"delivery":"value","dcql":{"credentials":[{"id":"diploma","format":"dc+sd-jwt","meta":{"vct_values":["urn:credentials:diploma:v1"]},"claims":[{{claims}}]}] } }""");

        string page = await asker.PageAsync(opened);
        using HttpResponseMessage code = await asker.Http.GetAsync($"/presentations/{opened.GetProperty("id").GetString()}/qr.svg");

        Assert.Contains("openid4vp://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"qr\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, code.StatusCode);
    }

    [Fact]
    public async Task Refuses_an_answer_that_agrees_and_gives_nothing()
    {
        using Asker asker = new(application);
        JsonElement opened = await asker.AskAsync("""{"responseMode":"direct_post","dcql":{"credentials":[{"id":"diploma","format":"dc+sd-jwt","meta":{"vct_values":["urn:credentials:diploma:v1"]}}],"credential_sets":[{"options":[["diploma"]],"required":false}]}}""");
        AuthorizationRequest request = (await asker.Wallet.OpenAsync(opened.GetProperty("deepLink").GetString()!, default)).Require().Request;

        await asker.PostAsync(request.ResponseUri!, [new("vp_token", "{}"), new("state", request.State!)]);
        JsonElement state = await asker.StateAsync(opened);

        Assert.Equal("refused", state.GetProperty("state").GetString());
        Assert.Equal(AnswerProblem.MissingCredential, state.GetProperty("problem").GetProperty("code").GetString());
    }
}
