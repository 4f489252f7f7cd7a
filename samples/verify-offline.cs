#:project ../src/Credentials.Verification

// Verifies without any network: the issuer's DID document is kept (pinned), the receipt travels inside the diploma.
// What that leaves unknown is said, check by check.
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DataIntegrity;
using Credentials.Dids;
using Credentials.Keys;
using Credentials.Verification;

// The university, once: a key, a DID document, a diploma that names its registry, a batch of one with its receipt.
const string did = "did:web:university.example";
using SigningKey key = SigningKey.Generate(KeyType.P256);
DidDocument document = DidDocumentWriter.Build(did, [new PublishedKey("key-1", key.PublicKey)]);
var registry = new RegistryAddress(1, "0x00000000000000000000000000000000000000aa");
var entry = new RegistryEntry(registry, InstitutionId.From(new byte[32]), RegistryHandle.Create());

JsonObject diploma = JsonNode.Parse(await File.ReadAllTextAsync("samples/diplomas/china.json"))!.AsObject();
diploma["issuer"] = did;
diploma["credentialStatus"] = new JsonObject { ["id"] = entry.Id, ["type"] = RegistryEntry.Type };
byte[] secured = (await DataIntegritySuite.SignAsync(
    Encoding.UTF8.GetBytes(diploma.ToJsonString()),
    Cryptosuite.Find("ecdsa-jcs-2019")!,
    key,
    new ProofOptions(did + "#key-1", null),
    CancellationToken.None)).Require();

using JsonDocument json = JsonDocument.Parse(secured);
AnchorDigest digest = MerkleAnchor2026.DigestOf(json.RootElement)!.Value;
AnchorReceipt receipt = new AnchorBatch([digest], registry, entry.Institution, hints: null).ReceiptOf(digest)!;
byte[] anchored = MerkleAnchor2026.AddTo(secured, receipt);

// The employer, on a train.
var trusted = new TrustedMaterial { PinnedDidDocuments = [document] };
var verifier = new CredentialVerifier(trusted, VerificationPolicy.Offline, TimeProvider.System);
VerificationResult result = await verifier.VerifyAsync(anchored, CancellationToken.None);
Console.WriteLine(result.Verdict);
foreach (CheckResult check in result.Checks)
{
    Console.WriteLine($"  {check.Name,-16} {check.Outcome,-14} {check.Detail}");
}

return result.Verdict == Verdict.Verified && result[CheckName.Anchor].Outcome == CheckOutcome.Indeterminate ? 0 : 1;
