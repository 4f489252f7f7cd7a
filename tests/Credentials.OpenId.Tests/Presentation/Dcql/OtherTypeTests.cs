using Credentials.DcSdJwt;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.OpenId.Presentation.Dcql;
using Credentials.TestKit;

namespace Credentials.OpenId.Tests.Presentation.Dcql;

/// <summary>The types by which an SD-JWT VC is found: its own, and what its issuer calls it besides; nothing else.</summary>
public sealed class OtherTypeTests
{
    [Fact]
    public async Task Knows_a_credential_by_its_other_types_and_by_no_third()
    {
        using var key = SigningKey.Generate(KeyType.P256);
        byte[] issued = (await SdJwtVc.IssueAsync(Utf8.Bytes("""{"iss":"https://uni.example","vct":"urn:x","aka_vcts":["urn:y","urn:z"]}"""), key, new("did:web:uni.example#k"), CancellationToken.None)).Require();
        Assert.Equal(["urn:x", "urn:y", "urn:z"], DcqlCredential.Of("1", SdJwt.Open(issued).Require()).Types);
    }

    [Fact]
    public async Task Takes_no_other_types_that_break_the_draft()
    {
        using var key = SigningKey.Generate(KeyType.P256);
        byte[] issued = (await SdJwt.IssueAsync(Utf8.Bytes("""{"iss":"https://uni.example","vct":"urn:x","aka_vcts":["urn:y",7]}"""), key, new(SdJwtVc.FormatName, "did:web:uni.example#k"), CancellationToken.None)).Require();
        Assert.Equal(["urn:x"], DcqlCredential.Of("1", SdJwt.Open(issued).Require()).Types);
    }
}
