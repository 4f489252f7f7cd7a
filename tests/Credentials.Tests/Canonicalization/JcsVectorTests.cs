using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.TestKit;

namespace Credentials.Tests.Canonicalization;

/// <summary>The vectors of RFC 8785's author.</summary>
public class JcsVectorTests
{
    [VectorTheory]
    [InlineData("arrays")]
    [InlineData("french")]
    [InlineData("structures")]
    [InlineData("unicode")]
    [InlineData("values")]
    [InlineData("weird")]
    public void Writes_what_the_vector_expects(string name)
    {
        JsonElement input = Vectors.Json("jcs", "input", $"{name}.json");

        byte[] canonical = Jcs.Canonicalize(input);

        Assert.Equal(Vectors.Bytes("jcs", "output", $"{name}.json"), canonical);
        Assert.Equal(Vectors.Hex("jcs", "outhex", $"{name}.txt"), canonical);
    }
}
