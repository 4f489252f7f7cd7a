using Credentials.OpenId.Presentation.Dcql;

namespace Credentials.OpenId.Tests.Presentation.Dcql;

/// <summary>What a verifier takes for an answer: what was asked, neither less nor more nor other.</summary>
public sealed class DcqlAnswerTests
{
    [Theory]
    [InlineData("", """{"vct":"urn:t"}""", "")]
    [InlineData("\"claims\":[{\"path\":[\"a\"]}]", """{"a":1}""", "/a")]
    [InlineData("\"claims\":[{\"path\":[\"a\"]}]", """{"a":1,"always":2}""", "/a")]
    [InlineData("\"claims\":[{\"path\":[\"c\",\"d\"]}]", """{"c":{"d":1}}""", "/c /c/d")]
    [InlineData("\"claims\":[{\"path\":[\"c\"]}]", """{"c":{"d":1}}""", "/c /c/d")]
    [InlineData("\"claims\":[{\"path\":[\"l\",null],\"values\":[7]}]", """{"l":[7,8]}""", "/l/0")]
    [InlineData("\"claims\":[{\"path\":[\"l\",null]}]", """{"l":[7,8]}""", "/l/0 /l/1")]
    [InlineData("\"claims\":[{\"path\":[\"a\"],\"values\":[7,8]}]", """{"a":8}""", "/a")]
    [InlineData("\"claims\":[{\"id\":\"a\",\"path\":[\"a\"]},{\"id\":\"b\",\"path\":[\"b\"]}],\"claim_sets\":[[\"a\",\"b\"],[\"b\"]]", """{"b":1}""", "/b")]
    public void Takes_what_was_asked(string members, string json, string disclosed) => Assert.Empty(Check(members, json, disclosed));

    [Theory]
    [InlineData("", """{"a":1}""", "/a", AnswerProblem.SurplusClaim, "/vp_token/a/0/a")]
    [InlineData("\"claims\":[{\"path\":[\"a\"]}]", """{"a":1,"b":2}""", "/a /b", AnswerProblem.SurplusClaim, "/vp_token/a/0/b")]
    [InlineData("\"claims\":[{\"path\":[\"c\",\"d\"]}]", """{"c":{"d":1,"e":2}}""", "/c /c/d /c/e", AnswerProblem.SurplusClaim, "/vp_token/a/0/c/e")]
    [InlineData("\"claims\":[{\"path\":[\"a\"]}]", """{"a":1,"ab":2}""", "/a /ab", AnswerProblem.SurplusClaim, "/vp_token/a/0/ab")]
    [InlineData("\"claims\":[{\"path\":[\"l\",null],\"values\":[7]}]", """{"l":[7,8]}""", "/l/0 /l/1", AnswerProblem.SurplusClaim, "/vp_token/a/0/l/1")]
    [InlineData("\"claims\":[{\"path\":[\"a\"]},{\"path\":[\"b\"]}]", """{"a":1}""", "/a", AnswerProblem.MissingClaim, "/vp_token/a/0/b")]
    [InlineData("\"claims\":[{\"path\":[\"c\",\"d\"]}]", """{"c":{"e":1}}""", "/c", AnswerProblem.MissingClaim, "/vp_token/a/0/c/d")]
    [InlineData("\"claims\":[{\"path\":[\"a\"],\"values\":[7,8]}]", """{"a":6}""", "/a", AnswerProblem.WrongValue, "/vp_token/a/0/a")]
    [InlineData("\"claims\":[{\"path\":[\"a\"],\"values\":[7,8]}]", """{"a":"7"}""", "/a", AnswerProblem.WrongValue, "/vp_token/a/0/a")]
    [InlineData("\"claims\":[{\"id\":\"a\",\"path\":[\"a\"]},{\"id\":\"b\",\"path\":[\"b\"]}],\"claim_sets\":[[\"a\"],[\"b\"]]", """{"a":1,"b":1}""", "/a /b", AnswerProblem.SurplusClaim, "/vp_token/a/0/b")]
    [InlineData("\"claims\":[{\"id\":\"a\",\"path\":[\"a\"]},{\"id\":\"b\",\"path\":[\"b\"]}],\"claim_sets\":[[\"a\"],[\"b\"]]", """{"c":1}""", "", AnswerProblem.MissingClaim, "/vp_token/a/0/a")]
    public void Refuses_less_more_and_other_with_the_name_of_the_claim(string members, string json, string disclosed, string code, string pointer)
    {
        Problem problem = Assert.Single(Check(members, json, disclosed));

        Assert.Equal((code, pointer), (problem.Code, problem.Pointer));
    }

    [Fact]
    public void Refuses_a_credential_of_another_format_type_authority_or_holder()
    {
        DcqlCredential shown = Queries.Credential("{}");
        DcqlQuery plain = Queries.Of(Queries.One(""));

        Assert.Equal(AnswerProblem.WrongFormat, Only(plain, shown with { Format = CredentialFormat.LdpVc }));
        Assert.Equal(AnswerProblem.WrongType, Only(plain, shown with { Types = ["urn:other"] }));
        Assert.Equal(AnswerProblem.NotHolderBound, Only(plain, shown with { IsHolderBound = false }));
        Assert.Equal(AnswerProblem.WrongAuthority, Only(Queries.Of(Queries.One("\"trusted_authorities\":[{\"type\":\"aki\",\"values\":[\"AAAA\"]}]")), shown));
        Assert.Empty(DcqlAnswer.Check(Queries.Of(Queries.One("\"require_cryptographic_holder_binding\":false")), Queries.Answer(("a", shown with { IsHolderBound = false }))));
    }

    [Theory]
    [InlineData("dc+sd-jwt", "vct_values\":[\"urn:t\"]", false)]
    [InlineData("ldp_vc", "type_values\":[[\"urn:t\"]]", true)]
    public void Lets_a_verifier_count_elements_only_where_none_can_be_withheld(string format, string meta, bool may)
    {
        DcqlQuery query = Queries.Of($$"""{"credentials":[{"id":"a","format":"{{format}}","meta":{"{{meta}}},"claims":[{"path":["l",0]}]}]}""");

        Assert.Equal(may, query.CheckAsVerifier() is null);
    }

    [Fact]
    public void Takes_several_credentials_only_where_several_were_asked_for()
    {
        DcqlCredential shown = Queries.Credential("{}");

        Assert.Equal(AnswerProblem.SurplusCredential, Assert.Single(DcqlAnswer.Check(Queries.Of(Queries.One("")), Queries.Answer(("a", shown), ("a", shown with { Id = "2" })))).Code);
        Assert.Empty(DcqlAnswer.Check(Queries.Of(Queries.One("\"multiple\":true")), Queries.Answer(("a", shown), ("a", shown with { Id = "2" }))));
        Assert.Contains(DcqlAnswer.Check(Queries.Of(Queries.One("\"multiple\":true")), new Dictionary<string, IReadOnlyList<DcqlCredential>>(StringComparer.Ordinal) { ["a"] = [] }), problem => problem.Code == AnswerProblem.MissingCredential);
    }

    [Fact]
    public void Refuses_an_id_that_the_query_does_not_have_and_an_empty_answer()
    {
        DcqlQuery query = Queries.Of(Queries.One(""));

        Assert.Equal([AnswerProblem.SurplusCredential, AnswerProblem.MissingCredential], DcqlAnswer.Check(query, Queries.Answer(("b", Queries.Credential("{}")))).Select(problem => problem.Code));
        Assert.Equal(AnswerProblem.MissingCredential, Assert.Single(DcqlAnswer.Check(query, Queries.Answer())).Code);
    }

    [Theory]
    [InlineData("""[{"options":[["a"],["b","c"]]}]""", "a", null)]
    [InlineData("""[{"options":[["a"],["b","c"]]}]""", "b c", null)]
    [InlineData("""[{"options":[["a"],["b","c"]]}]""", "b", AnswerProblem.MissingCredential)]
    [InlineData("""[{"options":[["a"],["b","c"]]}]""", "a b", AnswerProblem.SurplusCredential)]
    [InlineData("""[{"options":[["a"],["b","c"]]}]""", "a b c", AnswerProblem.SurplusCredential)]
    [InlineData("""[{"options":[["a"]]},{"options":[["b"]],"required":false}]""", "a", null)]
    [InlineData("""[{"options":[["a"]]},{"options":[["b"]],"required":false}]""", "a b", null)]
    [InlineData("""[{"options":[["a"]]},{"options":[["b"]],"required":false}]""", "b", AnswerProblem.MissingCredential)]
    [InlineData("""[{"options":[["a"]]},{"options":[["b"]],"required":false}]""", "a c", AnswerProblem.SurplusCredential)]
    [InlineData("""[{"options":[["a"],["b"]]},{"options":[["b"],["c"]]}]""", "a b", null)]
    [InlineData("""[{"options":[["a"],["b"]]},{"options":[["b"],["c"]]}]""", "b", null)]
    [InlineData("""[{"options":[["a"],["b"]]},{"options":[["b"],["c"]]}]""", "a b c", AnswerProblem.SurplusCredential)]
    public void Takes_one_option_of_each_set(string sets, string given, string? code)
    {
        DcqlQuery query = Queries.Of("""{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{}},{"id":"b","format":"dc+sd-jwt","meta":{}},{"id":"c","format":"dc+sd-jwt","meta":{}}],"credential_sets":""" + sets + "}");

        Assert.Equal(code, DcqlAnswer.Check(query, Queries.Answer([.. given.Split(' ').Select(id => (id, Queries.Credential("{}")))])) is [var problem, ..] ? problem.Code : null);
    }

    [Fact]
    public void Takes_more_claims_of_the_same_credential_where_another_query_asks_for_them()
    {
        DcqlQuery query = Queries.Of("""{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{},"claims":[{"path":["x"]}]},{"id":"b","format":"dc+sd-jwt","meta":{},"claims":[{"path":["y"]}]}]}""");
        DcqlCredential both = Queries.Credential("""{"x":1,"y":2}""", "/x", "/y");

        Assert.Empty(DcqlAnswer.Check(query, Queries.Answer(("a", both), ("b", both))));
        Assert.Equal(2, DcqlAnswer.Check(query, Queries.Answer(("a", both), ("b", both with { Id = "another" }))).Count);
    }

    private static string Only(DcqlQuery query, DcqlCredential shown) => Assert.Single(DcqlAnswer.Check(query, Queries.Answer(("a", shown)))).Code;

    private static IReadOnlyList<Problem> Check(string members, string json, string disclosed) =>
        DcqlAnswer.Check(Queries.Of(Queries.One(members)), Queries.Answer(("a", Queries.Credential(json, disclosed.Split(' ', StringSplitOptions.RemoveEmptyEntries)))));
}
