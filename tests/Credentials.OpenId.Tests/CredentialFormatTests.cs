namespace Credentials.OpenId.Tests;

public sealed class CredentialFormatTests
{
    [Fact]
    public void Names_the_formats_as_the_specification_does() =>
        Assert.Equal(["dc+sd-jwt", "jwt_vc_json", "ldp_vc"], [CredentialFormat.SdJwtVc, CredentialFormat.JwtVcJson, CredentialFormat.LdpVc]);
}
