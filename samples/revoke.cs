#:project ../src/Credentials.Verification
#:project ../src/Credentials.Ethereum

// Anchors a diploma on a real local chain, verifies it, revokes it there by its handle, and verifies again.
// Needs the chain's tools: npm ci --prefix contracts
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DataIntegrity;
using Credentials.Dids.Methods;
using Credentials.Ethereum;
using Credentials.Ethereum.LocalChain;
using Credentials.Ethereum.Registry;
using Credentials.Keys;
using Credentials.Verification;

CancellationToken none = CancellationToken.None;
(string? binary, string hint) = AnvilProcess.FindBinary(".");
if (binary is null)
{
    Console.Error.WriteLine(hint);
    return 3;
}

// A chain with a registry, and an institution on it.
await using AnvilProcess chain = await AnvilProcess.StartAsync(new AnvilOptions(binary, ChainId: 20261) { BlockTime = 0.2 }, none);
using var ledger = new EthereumLedger(chain.Url);
using ChainAccount account = ChainAccount.Generate();
await chain.SetBalanceAsync(account.Address, BigInteger.Pow(10, 20), none);
TrustedChain trustedChain = await new RegistryDeployer(ledger, TimeProvider.System).DeployAsync(account, none);
InstitutionId institution = CredentialRegistryContract.InstitutionIdOf(account.Address, 1);
await SendAsync(CredentialRegistryContract.CreateInstitution(1, account.Address), RegistryGas.CreateInstitution);

// A diploma that names the registry, its institution and its own handle.
using SigningKey key = SigningKey.Generate(KeyType.P256);
var entry = new RegistryEntry(trustedChain.Registry, institution, RegistryHandle.Create());
JsonObject diploma = JsonNode.Parse(await File.ReadAllTextAsync("samples/diplomas/morocco.json"))!.AsObject();
diploma["issuer"] = DidKey.Of(key.PublicKey);
diploma["credentialStatus"] = new JsonObject { ["id"] = entry.Id, ["type"] = RegistryEntry.Type };
byte[] secured = (await DataIntegritySuite.SignAsync(Encoding.UTF8.GetBytes(diploma.ToJsonString()), Cryptosuite.Find("ecdsa-jcs-2019")!, key, new ProofOptions(DidKey.MethodOf(key.PublicKey), null), none)).Require();

// Its digest under a root, the root on chain, the receipt in the diploma.
using JsonDocument json = JsonDocument.Parse(secured);
AnchorDigest digest = MerkleAnchor2026.DigestOf(json.RootElement)!.Value;
var batch = new AnchorBatch([digest], trustedChain.Registry, institution, hints: null);
ulong gas = await SendAsync(CredentialRegistryContract.Anchor(institution, batch.Root), RegistryGas.Anchor);
byte[] anchored = MerkleAnchor2026.AddTo(secured, batch.ReceiptOf(digest)!);
Console.WriteLine($"anchored for {gas} gas");

// A local chain settles within two blocks; here one block is final enough.
var trusted = new TrustedMaterial { Registries = [new TrustedRegistryReader(trustedChain, ledger)] };
VerificationPolicy policy = VerificationPolicy.Default with { MinimumFinality = Finality.Included };
var verifier = new CredentialVerifier(trusted, policy, TimeProvider.System);
VerificationResult before = await verifier.VerifyAsync(anchored, none);
Print("before", before);

await SendAsync(CredentialRegistryContract.Revoke(institution, entry.Handle), RegistryGas.Revoke);
VerificationResult after = await verifier.VerifyAsync(anchored, none);
Print("after revoking", after);
return before.Verdict == Verdict.Verified && after.Decisive?.Name == CheckName.Status && after.Verdict == Verdict.Rejected ? 0 : 1;

async Task<ulong> SendAsync(byte[] call, ulong gasLimit)
{
    ulong nonce = await ledger.GetTransactionCountAsync(account.Address, BlockTag.Latest, none);
    var request = new TransactionRequest(trustedChain.ChainId, nonce, trustedChain.Contract, call, 0, gasLimit, await ledger.SuggestFeesAsync(none));
    SignedTransaction transaction = ledger.Sign(request, account);
    await ledger.SendAsync(transaction, none);
    TransactionReceipt? receipt;
    while ((receipt = await ledger.GetReceiptAsync(transaction.Hash, none)) is null)
    {
        await Task.Delay(20);
    }

    return receipt.Succeeded ? receipt.GasUsed : throw new InvalidOperationException("The contract refused.");
}

static void Print(string when, VerificationResult result)
{
    Console.WriteLine($"{when}: {result.Verdict}");
    foreach (CheckResult check in result.Checks)
    {
        Console.WriteLine($"  {check.Name,-16} {check.Outcome,-14} {check.Detail}");
    }
}
