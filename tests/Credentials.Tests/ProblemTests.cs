using System.Reflection;

namespace Credentials.Tests;

/// <summary>Problems and the values that they stand in for.</summary>
public class ProblemTests
{
    public static TheoryData<string> Codes =>
        [.. typeof(ProblemCode).GetFields(BindingFlags.Public | BindingFlags.Static).Where(code => code.IsLiteral).Select(code => (string)code.GetRawConstantValue()!)];

    [Theory, MemberData(nameof(Codes))]
    public void Every_code_is_named_by_an_absolute_url_that_ends_in_it(string code)
    {
        Uri type = new Problem(code, "").Type;
        Assert.True(type.IsAbsoluteUri);
        Assert.EndsWith(code, type.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parsed_value_is_there_or_its_problem_is()
    {
        Parsed<string> value = "x";
        Assert.True(value.Ok);
        Assert.Null(value.Problem);
        Assert.Equal("x", value.Require());

        Parsed<string> problem = new Problem(ProblemCode.RangeError, "Too large.", "/a");
        Assert.False(problem.Ok);
        Assert.Null(problem.Value);
        Assert.Contains("Too large.", Assert.Throws<FormatException>(problem.Require).Message, StringComparison.Ordinal);
    }
}
