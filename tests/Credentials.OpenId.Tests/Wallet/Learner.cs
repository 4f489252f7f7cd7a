using Credentials.Jose;
using Credentials.Keys;

namespace Credentials.OpenId.Wallet;

/// <summary>A learner with a diploma as SD-JWT VC, seven claims of which can be withheld.</summary>
internal sealed class Learner : IDisposable
{
    private static readonly byte[] s_claims = """
        {"iss":"https://issuer.example/institutions/coimbra","vct":"urn:credentials:diploma:v1","iat":1780000000,
        "eqf_level":7,"degree_name":"Mestrado","isced_field":"0613","award_date":"2026-07-01","name":"Maria Silva","evidence":[{"type":"urn:credentials:award:v1","id":"data:,x"}],"diploma":{"name":"Maria Silva"}}
        """u8.ToArray();

    private readonly SigningKey _issuer = SigningKey.Generate(KeyType.P256);
    private readonly SigningKey _key = SigningKey.Generate(KeyType.P256);

    private Learner()
    {
    }

    public PublicKey Key => _key.PublicKey;

    public HeldCredential Diploma { get; private set; } = null!;

    public static async Task<Learner> CreateAsync()
    {
        Learner learner = new();
        DisclosureFrame frame = new(["/eqf_level", "/degree_name", "/isced_field", "/award_date", "/name", "/evidence", "/diploma"]);
        byte[] text = (await SdJwt.IssueAsync(s_claims, learner._issuer, new SdJwtOptions("dc+sd-jwt", "did:web:issuer.example#key") { Frame = frame, HolderKey = learner._key.PublicKey }, CancellationToken.None)).Require();
        learner.Diploma = new("one", CredentialFormat.SdJwtVc, System.Text.Encoding.ASCII.GetString(text), new HolderKey(learner._key, HolderBinding.Jwk));
        return learner;
    }

    public void Dispose()
    {
        _issuer.Dispose();
        _key.Dispose();
    }
}
