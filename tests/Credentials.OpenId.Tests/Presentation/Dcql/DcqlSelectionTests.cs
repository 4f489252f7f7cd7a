using Credentials.OpenId.Presentation.Dcql;

namespace Credentials.OpenId.Tests.Presentation.Dcql;

/// <summary>What a wallet shows: all that was asked, and no more.</summary>
public sealed class DcqlSelectionTests
{
    private static readonly DcqlCredential s_held = Queries.Credential(
        """{"vct":"urn:t","a":1,"b":"x","c":{"d":true,"e":2},"n":["p","q"]}""", "/a", "/b", "/c", "/c/d", "/c/e", "/n/0", "/n/1");

    [Theory]
    [InlineData("", "")]
    [InlineData("\"claims\":[{\"path\":[\"a\"]}]", "/a")]
    [InlineData("\"claims\":[{\"path\":[\"vct\"]}]", "")]
    [InlineData("\"claims\":[{\"path\":[\"c\",\"d\"]}]", "/c /c/d")]
    [InlineData("\"claims\":[{\"path\":[\"c\"]}]", "/c /c/d /c/e")]
    [InlineData("\"claims\":[{\"path\":[\"n\",null]}]", "/n/0 /n/1")]
    [InlineData("\"claims\":[{\"path\":[\"n\",1]}]", "/n/1")]
    [InlineData("\"claims\":[{\"path\":[\"n\",null],\"values\":[\"q\"]}]", "/n/1")]
    [InlineData("\"claims\":[{\"path\":[\"a\"],\"values\":[2,1]}]", "/a")]
    [InlineData("\"claims\":[{\"id\":\"z\",\"path\":[\"z\"]},{\"id\":\"a\",\"path\":[\"a\"]},{\"id\":\"b\",\"path\":[\"b\"]}],\"claim_sets\":[[\"z\",\"a\"],[\"b\"],[\"a\"]]", "/b")]
    public void Discloses_what_was_asked_and_nothing_else(string members, string disclosures) =>
        Assert.Equal(disclosures, string.Join(' ', Match(members)!.Disclosures));

    [Theory]
    [InlineData("\"claims\":[{\"path\":[\"a\"]},{\"path\":[\"z\"]}]")]
    [InlineData("\"claims\":[{\"path\":[\"a\"],\"values\":[2]}]")]
    [InlineData("\"claims\":[{\"path\":[\"a\"],\"values\":[\"1\"]}]")]
    [InlineData("\"claims\":[{\"path\":[\"a\"],\"values\":[true]}]")]
    [InlineData("\"claims\":[{\"path\":[\"b\"],\"values\":[\"X\"]}]")]
    [InlineData("\"claims\":[{\"path\":[\"c\"],\"values\":[true]}]")]
    [InlineData("\"claims\":[{\"id\":\"z\",\"path\":[\"z\"]},{\"id\":\"a\",\"path\":[\"a\"]}],\"claim_sets\":[[\"z\"],[\"z\",\"a\"]]")]
    [InlineData("\"trusted_authorities\":[{\"type\":\"aki\",\"values\":[\"AAAA\"]}]")]
    public void Shows_nothing_where_not_all_can_be_given(string members)
    {
        Assert.Null(Match(members));
        Assert.False(DcqlSelection.Of(Queries.Of(Queries.One(members)), [s_held]).CanAnswer);
    }

    [Theory]
    [InlineData("dc+sd-jwt", "{\"vct_values\":[\"urn:t\"]}", true)]
    [InlineData("dc+sd-jwt", "{\"vct_values\":[\"urn:other\",\"urn:t\"]}", true)]
    [InlineData("dc+sd-jwt", "{}", true)]
    [InlineData("dc+sd-jwt", "{\"vct_values\":[\"urn:other\"]}", false)]
    [InlineData("ldp_vc", "{}", false)]
    [InlineData("something-new", "{}", false)]
    [InlineData("mso_mdoc", "{\"doctype_value\":\"org.iso.18013.5.1.mDL\"}", false)]
    public void Shows_a_credential_of_the_format_and_type_that_was_asked_for_alone(string format, string meta, bool answers) =>
        Assert.Equal(answers, DcqlSelection.Of(Queries.Of($$$"""{"credentials":[{"id":"a","format":"{{{format}}}","meta": {{{meta}}} }]}"""), [s_held]).CanAnswer);

    [Fact]
    public void Shows_a_type_that_extends_the_one_that_was_asked_for() =>
        Assert.NotNull(DcqlSelection.Match(Queries.Of(Queries.One("")).Credentials[0], s_held with { Types = ["urn:special", "urn:t"] }));

    [Theory]
    [InlineData("[[\"A\",\"B\"]]", true)]
    [InlineData("[[\"A\",\"C\"],[\"B\"]]", true)]
    [InlineData("[[\"A\",\"C\"]]", false)]
    public void Compares_expanded_types_as_sets(string values, bool answers)
    {
        CredentialQuery query = Queries.Of($$$"""{"credentials":[{"id":"a","format":"ldp_vc","meta":{"type_values": {{{values}}} } }]}""").Credentials[0];

        Assert.Equal(answers, DcqlSelection.Match(query, s_held with { Format = CredentialFormat.LdpVc, Types = ["B", "A", "D"] }) is not null);
    }

    [Fact]
    public void Keeps_back_a_credential_that_is_bound_to_nobody_unless_that_will_do()
    {
        DcqlCredential loose = s_held with { IsHolderBound = false };

        Assert.Null(DcqlSelection.Match(Queries.Of(Queries.One("")).Credentials[0], loose));
        Assert.NotNull(DcqlSelection.Match(Queries.Of(Queries.One("\"require_cryptographic_holder_binding\":false")).Credentials[0], loose));
    }

    [Fact]
    public void Knows_the_authority_by_any_of_its_marks()
    {
        DcqlCredential known = s_held with { Authorities = [new("aki", "AAAA"), new("etsi_tl", "https://lotl.example")] };

        Assert.NotNull(DcqlSelection.Match(Queries.Of(Queries.One("\"trusted_authorities\":[{\"type\":\"openid_federation\",\"values\":[\"x\"]},{\"type\":\"aki\",\"values\":[\"BBBB\",\"AAAA\"]}]")).Credentials[0], known));
        Assert.Null(DcqlSelection.Match(Queries.Of(Queries.One("\"trusted_authorities\":[{\"type\":\"etsi_tl\",\"values\":[\"AAAA\"]}]")).Credentials[0], known));
    }

    [Fact]
    public void Takes_the_first_option_of_each_required_set_and_nothing_optional()
    {
        const string Sets = """,{"id":"b","format":"dc+sd-jwt","meta":{},"claims":[{"path":["z"]}]},{"id":"c","format":"dc+sd-jwt","meta":{}}],"credential_sets":[{"options":[["b"],["a"],["c"]]},{"options":[["c"]],"required":false}]}""";
        var selection = DcqlSelection.Of(Queries.Of(Queries.One("")[..^2] + Sets), [s_held]);

        Assert.True(selection.CanAnswer);
        Assert.Equal(["a"], selection.Suggested);
        Assert.Equal(2, selection.Choices[0].Options.Count);
    }

    [Fact]
    public void Gives_nothing_at_all_where_one_required_credential_is_wanting()
    {
        string two = Queries.One("")[..^2] + """,{"id":"b","format":"ldp_vc","meta":{}}]}""";

        Assert.False(DcqlSelection.Of(Queries.Of(two), [s_held]).CanAnswer);
    }

    private static DcqlMatch? Match(string members) => DcqlSelection.Match(Queries.Of(Queries.One(members)).Credentials[0], s_held);
}
