#:project ../src/Credentials.Ethereum

// Anchors a root from an account whose key another process holds, in the shape of a key management service:
// a public key as SubjectPublicKeyInfo, digests in, DER signatures out. The second process is this file again.
// Needs the chain's tools: npm ci --prefix contracts
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.LocalChain;
using Credentials.Ethereum.Registry;
using Credentials.Samples;

if (args is ["serve", var port])
{
    await LocalKeyService.RunAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture));
    return 0;
}

CancellationToken none = CancellationToken.None;
(string? binary, string hint) = AnvilProcess.FindBinary(".");
if (binary is null)
{
    Console.Error.WriteLine(hint);
    return 3;
}

// The holder of the key: a process of its own. It ends when its standard input does, so it cannot outlive this one.
using Process service = LocalKeyService.Start(out Uri endpoint);
using var http = new HttpClient { BaseAddress = endpoint };
KeyServiceSigner signer = await KeyServiceSigner.ConnectAsync(http, LocalKeyService.KeyId, none);
Console.WriteLine($"the account {signer.Address} has its key at {endpoint}");

await using AnvilProcess chain = await AnvilProcess.StartAsync(new AnvilOptions(binary, ChainId: 20262) { BlockTime = 0.2 }, none);
using var ledger = new EthereumLedger(chain.Url);
using ChainAccount deployer = ChainAccount.Generate();
await chain.SetBalanceAsync(deployer.Address, BigInteger.Pow(10, 20), none);
await chain.SetBalanceAsync(signer.Address, BigInteger.Pow(10, 20), none);
TrustedChain registry = await new RegistryDeployer(ledger, TimeProvider.System).DeployAsync(deployer, none);

InstitutionId institution = CredentialRegistryContract.InstitutionIdOf(signer.Address, 1);
MerkleRoot root = MerkleRoot.From(RandomNumberGenerator.GetBytes(32));
await SendAsync(0, CredentialRegistryContract.CreateInstitution(1, signer.Address), RegistryGas.CreateInstitution);
ulong gas = await SendAsync(1, CredentialRegistryContract.Anchor(institution, root), RegistryGas.Anchor);
RegistryState state = await ledger.LookUpAsync(registry.Contract, new(institution, root), BlockTag.Latest, none);
Console.WriteLine($"anchored at {DateTimeOffset.FromUnixTimeSeconds((long)state.AnchoredAt):O} for {gas} gas, by {state.Controller}");

service.StandardInput.Close();
await service.WaitForExitAsync(none);
return state.AnchoredAt != 0 && state.Controller == signer.Address ? 0 : 1;

async Task<ulong> SendAsync(ulong nonce, byte[] call, ulong gasLimit)
{
    var request = new TransactionRequest(registry.ChainId, nonce, registry.Contract, call, 0, gasLimit, await ledger.SuggestFeesAsync(none));
    SignedTransaction transaction = await ledger.SignAsync(request, signer, none);
    SendResult sent = await ledger.SendAsync(transaction, none);
    TransactionReceipt? receipt = null;
    while (sent.Outcome == SendOutcome.Accepted && (receipt = await ledger.GetReceiptAsync(transaction.Hash, none)) is null)
    {
        await Task.Delay(20);
    }

    return receipt is { Succeeded: true } ? receipt.GasUsed : throw new InvalidOperationException($"The chain refused: {sent.Message}");
}

namespace Credentials.Samples
{
    /// <summary>An account whose key is in AWS KMS, or in whatever speaks its JSON: <c>GetPublicKey</c> and <c>Sign</c>.</summary>
    /// <remarks>A real one signs its requests (Signature Version 4); use the service's own library there and keep these twenty lines around it. https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html</remarks>
    internal sealed class KeyServiceSigner : IChainSigner
    {
        private readonly HttpClient _http;
        private readonly string _keyId;

        private KeyServiceSigner(HttpClient http, string keyId, EthereumAddress address) => (_http, _keyId, Address) = (http, keyId, address);

        public EthereumAddress Address { get; }

        public static async Task<KeyServiceSigner> ConnectAsync(HttpClient http, string keyId, CancellationToken cancellationToken)
        {
            byte[] publicKey = await AskAsync(http, "GetPublicKey", new() { ["KeyId"] = keyId }, "PublicKey", cancellationToken);
            return EthereumAddress.TryReadSubjectPublicKeyInfo(publicKey, out EthereumAddress address)
                ? new(http, keyId, address)
                : throw new SignerUnavailableException($"The key {keyId} is no secp256k1 key (ECC_SECG_P256K1).");
        }

        public async Task<ChainSignature> SignHashAsync(Bytes32 hash, CancellationToken cancellationToken)
        {
            JsonObject request = new()
            {
                ["KeyId"] = _keyId,
                ["Message"] = Convert.ToBase64String(hash.ToArray()),
                ["MessageType"] = "DIGEST",
                ["SigningAlgorithm"] = "ECDSA_SHA_256",
            };
            Parsed<ChainSignature> signature = ChainSignature.FromDer(await AskAsync(_http, "Sign", request, "Signature", cancellationToken));
            return signature.Ok ? signature.Value : throw new SignerUnavailableException($"The key service answered strangely: {signature.Problem.Detail}");
        }

        private static async Task<byte[]> AskAsync(HttpClient http, string operation, JsonObject request, string member, CancellationToken cancellationToken)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = JsonContent.Create(request) };
            message.Headers.Add("X-Amz-Target", "TrentService." + operation);
            try
            {
                using HttpResponseMessage response = await http.SendAsync(message, cancellationToken);
                JsonNode? answer = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(cancellationToken);
                return Convert.FromBase64String(answer![member]!.GetValue<string>());
            }
            catch (Exception fault) when (fault is HttpRequestException or System.Text.Json.JsonException or FormatException or NullReferenceException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                throw new SignerUnavailableException($"The key service could not be asked: {fault.Message.TrimEnd('.')}.", fault);
            }
        }
    }

    /// <summary>A key service for this sample: one key, in memory, gone with the process. It signs whatever it is asked; a real one asks who asks.</summary>
    internal static class LocalKeyService
    {
        public const string KeyId = "alias/registrar";

        public static Process Start(out Uri endpoint)
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            string port = ((IPEndPoint)free.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
            free.Stop();
            endpoint = new Uri($"http://127.0.0.1:{port}/");
            string assembly = Environment.GetCommandLineArgs()[0];
            Process process = Process.Start(new ProcessStartInfo("dotnet", [assembly, "serve", port]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
            process.StandardOutput.ReadLine();
            return process;
        }

        public static async Task RunAsync(int port)
        {
            using ECDsa key = ECDsa.Create(ECCurve.CreateFromValue("1.3.132.0.10"));
            using var listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
            listener.Start();
            Console.WriteLine("listening");
            Task ended = Task.Run(Console.In.ReadToEnd);
            while (await Task.WhenAny(listener.GetContextAsync(), ended) is Task<HttpListenerContext> asked)
            {
                HttpListenerContext context = await asked;
                JsonNode request = (await JsonNode.ParseAsync(context.Request.InputStream))!;
                JsonObject answer = context.Request.Headers["X-Amz-Target"] switch
                {
                    "TrentService.GetPublicKey" => new() { ["PublicKey"] = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()) },
                    _ => new() { ["Signature"] = Convert.ToBase64String(key.SignHash(Convert.FromBase64String(request["Message"]!.GetValue<string>()), DSASignatureFormat.Rfc3279DerSequence)) },
                };
                await using Stream body = context.Response.OutputStream;
                await body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(answer.ToJsonString()));
            }
        }
    }
}
