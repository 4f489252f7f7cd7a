#:project ../src/Credentials.Verification

// Issues a diploma with a key made on the spot (did:key), verifies it, changes one word and verifies again.
using System.Text;
using System.Text.Json.Nodes;
using Credentials;
using Credentials.DataIntegrity;
using Credentials.Dids.Methods;
using Credentials.Keys;
using Credentials.Verification;

using SigningKey key = SigningKey.Generate(KeyType.P256);
string issuer = DidKey.Of(key.PublicKey);

JsonObject diploma = JsonNode.Parse(await File.ReadAllTextAsync("samples/diplomas/brazil.json"))!.AsObject();
diploma["issuer"] = issuer;

Parsed<byte[]> signed = await DataIntegritySuite.SignAsync(
    Encoding.UTF8.GetBytes(diploma.ToJsonString()),
    Cryptosuite.Find("ecdsa-jcs-2019")!,
    key,
    new ProofOptions(DidKey.MethodOf(key.PublicKey), DateTimeOffset.UnixEpoch),
    CancellationToken.None);
byte[] secured = signed.Require();
if (args is ["--write", var file])
{
    await File.WriteAllBytesAsync(file, secured);
}

// A did:key needs no network: the key is in the name.
var verifier = new CredentialVerifier(new TrustedMaterial(), VerificationPolicy.Default, TimeProvider.System);
VerificationResult genuine = await verifier.VerifyAsync(secured, CancellationToken.None);
Print("the diploma", genuine);

JsonNode forged = JsonNode.Parse(secured)!;
forged["validFrom"] = "2020-01-01T00:00:00Z";
VerificationResult tampered = await verifier.VerifyAsync(Encoding.UTF8.GetBytes(forged.ToJsonString()), CancellationToken.None);
Print("a copy with another date", tampered);

return genuine.Verdict == Verdict.Verified && tampered.Verdict == Verdict.Rejected ? 0 : 1;

static void Print(string what, VerificationResult result)
{
    Console.WriteLine($"{what}: {result.Verdict}");
    foreach (CheckResult check in result.Checks)
    {
        Console.WriteLine($"  {check.Name,-16} {check.Outcome,-14} {check.Detail}");
    }
}
