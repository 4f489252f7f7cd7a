using System.Text.Json;
using Credentials.OpenId.Wallet;
using Credentials.OpenId.Wallet.Presenting;

namespace Credentials.OpenId.Presentation;

/// <summary>What a verifier lists as methods of signing binds what it is shown.</summary>
public sealed class FormatSupportTests
{
    [Theory]
    [InlineData("""{"dc+sd-jwt":{}}""")]
    [InlineData("""{"dc+sd-jwt":{"sd-jwt_alg_values":["ES384","ES256"]}}""")]
    [InlineData("""{"dc+sd-jwt":{"sd-jwt_alg_values":["ES256"],"kb-jwt_alg_values":["ES256"],"future":[1]}}""")]
    public async Task Shows_what_is_signed_by_the_methods_that_are_listed(string formats) => Assert.True(await IsShownAsync(formats));

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"jwt_vc_json":{}}""")]
    [InlineData("""{"dc+sd-jwt":[]}""")]
    [InlineData("""{"dc+sd-jwt":{"sd-jwt_alg_values":["ES384"]}}""")]
    [InlineData("""{"dc+sd-jwt":{"kb-jwt_alg_values":["EdDSA"]}}""")]
    [InlineData("""{"dc+sd-jwt":{"sd-jwt_alg_values":"ES256"}}""")]
    [InlineData("""{"dc+sd-jwt":{"sd-jwt_alg_values":["es256"]}}""")]
    public async Task Shows_nothing_that_is_signed_otherwise(string formats) => Assert.False(await IsShownAsync(formats));

    [Theory]
    [InlineData("ldp_vc", "ecdsa-rdfc-2019", "ecdsa-rdfc-2019", """{"ldp_vc":{"proof_type_values":["DataIntegrityProof"],"cryptosuite_values":["ecdsa-rdfc-2019"]}}""", true)]
    [InlineData("ldp_vc", "ecdsa-rdfc-2019", "eddsa-rdfc-2022", """{"ldp_vc":{"cryptosuite_values":["ecdsa-rdfc-2019"]}}""", false)]
    [InlineData("ldp_vc", "bbs-2023", "ecdsa-rdfc-2019", """{"ldp_vc":{"cryptosuite_values":["ecdsa-rdfc-2019"]}}""", false)]
    [InlineData("jwt_vc_json", "EdDSA", "ES256", """{"jwt_vc_json":{"alg_values":["Ed25519","ES256"]}}""", true)]
    [InlineData("jwt_vc_json", "ES256", "ES384", """{"jwt_vc_json":{"alg_values":["ES256"]}}""", false)]
    [InlineData("vc+jwt", "ES256", "ES256", """{"vc+jwt":{"alg_values":["ES256"]}}""", true)]
    [InlineData("mso_mdoc", "ES256", "ES256", """{"mso_mdoc":{}}""", false)]
    public void Looks_at_the_credential_and_at_the_holder(string format, string issuer, string holder, string formats, bool taken) =>
        Assert.Equal(taken, Metadata(formats).Takes(format, [issuer], holder));

    [Fact]
    public void A_verifier_that_lists_nothing_takes_everything() => Assert.True(new ClientMetadata().Takes("dc+sd-jwt", ["ES256"], "ES256"));

    private static async Task<bool> IsShownAsync(string formats)
    {
        using Learner learner = await Learner.CreateAsync();
        return SigningMethods.AreTaken(learner.Diploma, Metadata(formats));
    }

    private static ClientMetadata Metadata(string formats) => ClientMetadata.Read(JsonDocument.Parse($$"""{"vp_formats_supported":{{formats}}}""").RootElement).Value!;
}
