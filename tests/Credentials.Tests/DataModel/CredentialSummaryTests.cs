using Credentials.DataModel;

namespace Credentials.Tests.DataModel;

public sealed class CredentialSummaryTests
{
    private static CredentialSummary Of(string subject, string rest = "") => CredentialSummary.Of(VerifiableCredential.Parse(System.Text.Encoding.UTF8.GetBytes(
        $$"""{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":{"id":"did:web:a.example","name":"A"},"validFrom":"2026-06-28T00:00:00+08:00","credentialSubject":{{subject}}{{rest}}}""")).Require());

    [Fact]
    public void Reads_names_in_every_language_of_the_document()
    {
        CredentialSummary summary = Of("""{"name":[{"@value":"سلمى","@language":"ar","@direction":"rtl"},"Salma"],"award":{"degreeName":{"@value":"Master","@language":"fr"},"awardDate":"2026-06-26"}}""");

        Assert.Equal([new LanguageValue("سلمى", "ar", "rtl"), new LanguageValue("Salma", null, null)], summary.Holder);
        Assert.Equal([new LanguageValue("Master", "fr", null)], summary.Award);
        Assert.Equal([new LanguageValue("A", null, null)], summary.Institution);
        Assert.Equal(new DateOnly(2026, 6, 26), summary.Date);
    }

    [Fact]
    public void Takes_the_day_of_validity_at_the_issuers_own_clock_where_no_award_is_dated() =>
        Assert.Equal(new DateOnly(2026, 6, 28), Of("""{"name":"Li"}""").Date);

    [Fact]
    public void Reads_the_achievement_of_an_open_badge() =>
        Assert.Equal([new LanguageValue("Welder", null, null)], Of("""[{"achievement":[{"name":"Welder"}]}]""").Award);

    [Fact]
    public void Falls_back_to_the_credentials_own_name() =>
        Assert.Equal([new LanguageValue("Certificate", null, null)], Of("""{"name":"Li"}""", ""","name":"Certificate" """).Award);

    [Theory]
    [InlineData("""{"name":42}""")]
    [InlineData("""{"name":{"@language":"en"}}""")]
    [InlineData("""{"name":{"@value":7}}""")]
    [InlineData("""{"name":[[],{},null,false]}""")]
    [InlineData("""{"id":"did:example:holder"}""")]
    public void Says_nothing_of_a_holder_who_is_not_named_as_the_data_model_asks(string subject) =>
        Assert.Empty(Of(subject).Holder);

    [Theory]
    [InlineData("\"soon\"")]
    [InlineData("\"2026-13-45\"")]
    [InlineData("\"\"")]
    [InlineData("20260626")]
    [InlineData("[]")]
    public void Passes_over_a_day_that_is_none(string day) =>
        Assert.Equal(new DateOnly(2026, 6, 28), Of($$"""{"name":"Li","award":{"type":"Degree","awardDate":{{day}} } }""").Date);
}
