using System.Text.Json;
using Credentials.OpenId.Presentation.Dcql;

namespace Credentials.OpenId.Tests.Presentation.Dcql;

public sealed class ClaimsPathTests
{
    private const string Credential = """{"name":"Arthur","address":{"street":"Market"},"degrees":[{"type":"BSc"},{"type":"MSc"},{"other":1}],"nationalities":["British","Betelgeusian"],"deep":[[1,2],[3]],"a/b":{"c~d":1}}""";

    [Theory]
    [InlineData("[\"name\"]", "/name")]
    [InlineData("[\"address\"]", "/address")]
    [InlineData("[\"address\",\"street\"]", "/address/street")]
    [InlineData("[\"degrees\",null,\"type\"]", "/degrees/0/type /degrees/1/type")]
    [InlineData("[\"degrees\",1,\"type\"]", "/degrees/1/type")]
    [InlineData("[\"nationalities\",1]", "/nationalities/1")]
    [InlineData("[\"nationalities\",null]", "/nationalities/0 /nationalities/1")]
    [InlineData("[\"deep\",null,1]", "/deep/0/1")]
    [InlineData("[\"deep\",null,null]", "/deep/0/0 /deep/0/1 /deep/1/0")]
    [InlineData("[\"a/b\",\"c~d\"]", "/a~1b/c~0d")]
    public void Selects_what_the_path_leads_to(string path, string pointers) => Assert.Equal(pointers, string.Join(' ', Select(path)));

    [Theory]
    [InlineData("[\"nothing\"]")] // the selection is empty
    [InlineData("[\"name\",\"first\"]")] // a text is no object
    [InlineData("[\"nationalities\",\"x\"]")] // an array is no object
    [InlineData("[null]")] // the root is no array
    [InlineData("[0]")]
    [InlineData("[\"address\",null]")] // an object is no array
    [InlineData("[\"address\",0]")]
    [InlineData("[\"nationalities\",2]")] // beyond the end
    [InlineData("[\"degrees\",null,\"type\",\"x\"]")]
    [InlineData("[\"deep\",null,0,\"x\"]")]
    [InlineData("[\"nationalities\",null,null]")]
    public void Gives_nothing_where_processing_ends_with_an_error(string path) => Assert.Empty(Select(path));

    [Fact]
    public void One_element_of_another_kind_spoils_the_whole_path() => Assert.Empty(Select("[\"x\",null,\"y\"]", """{"x":[{"y":1},7]}"""));

    [Fact]
    public void Equal_paths_are_equal()
    {
        Assert.Equal(Read("[\"a\",null,1]"), Read("[\"a\",null,1]"));
        Assert.NotEqual(Read("[\"a\",null,1]"), Read("[\"a\",null,2]"));
        Assert.NotEqual(Read("[\"1\"]"), Read("[1]"));
        Assert.Equal("a.*.1", Read("[\"a\",null,1]").ToString());
    }

    private static ClaimsPath Read(string path) => ClaimsPath.Read(JsonDocument.Parse(path).RootElement, "").Require();

    private static IReadOnlyList<string> Select(string path, string credential = Credential) => Read(path).Select(JsonDocument.Parse(credential).RootElement);
}
