using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Ethereum.Cryptography;
using Credentials.Ethereum.JsonRpc;
using Credentials.Ethereum.Registry;
using Credentials.TestKit.Ledger;

namespace Credentials.Ethereum;

/// <summary>What a node, which shares no code with us, makes of our hashes and transactions.</summary>
public sealed class SecondOpinions(AnvilFixture anvil) : IClassFixture<AnvilFixture>
{
    [AnvilFact]
    public async Task The_node_hashes_as_we_do()
    {
        using HttpClient http = new();
        byte[][] messages = [.. Enumerable.Range(0, 300).Select(length => RandomNumberGenerator.GetBytes(length))];
        IReadOnlyList<JsonRpcAnswer> answers = await Client(http).BatchAsync([.. messages.Select(message => new JsonRpcCall("web3_sha3", Hex.Write(message)))], default);
        for (int index = 0; index < messages.Length; index++)
        {
            Assert.Equal(answers[index].Read(Hex.Hash, "a hash"), Keccak256.Hash(messages[index]));
        }
    }

    [AnvilFact]
    public async Task The_node_recovers_sender_and_fields_of_our_transactions()
    {
        using HttpClient http = new();
        using ChainAccount account = await anvil.CreateAccountAsync();
        for (ulong nonce = 0; nonce < 20; nonce++)
        {
            byte[] data = RandomNumberGenerator.GetBytes((int)nonce * 13);
            TransactionRequest request = new(anvil.ChainId, nonce, account.Address, data, nonce, 100_000, new(20_000_000_000 + nonce, 1_000_000_000 + nonce));
            SignedTransaction signed = anvil.Ledger.Sign(request, account);
            Assert.Equal(new(SendOutcome.Accepted, null), await anvil.Ledger.SendAsync(signed, default));
            JsonElement seen = (await Client(http).CallAsync(new("eth_getTransactionByHash", signed.Hash.ToString()), default)).Read<JsonElement>(static element => element, "a transaction");
            Assert.Equal(account.Address, Hex.Address(seen.GetProperty("from")));
            Assert.Equal(account.Address, Hex.Address(seen.GetProperty("to")));
            Assert.Equal(nonce, Hex.UInt64(seen.GetProperty("nonce")));
            Assert.Equal(request.Fees.MaxFeePerGas, Hex.Quantity(seen.GetProperty("maxFeePerGas")));
            Assert.Equal(request.Fees.MaxPriorityFeePerGas, Hex.Quantity(seen.GetProperty("maxPriorityFeePerGas")));
            Assert.Equal(data, Hex.Data(seen.GetProperty("input")));
            Assert.Equal("0x2", seen.GetProperty("type").GetString());
        }
    }

    [AnvilFact]
    public async Task The_node_has_our_code_at_the_address_that_we_foresaw()
    {
        using HttpClient http = new();
        JsonRpcAnswer code = await Client(http).CallAsync(new("eth_getCode", anvil.Registry.Contract.ToString(), "latest"), default);
        Assert.Equal(CredentialRegistryContract.DeployedBytecode.ToArray(), code.Read(Hex.Data, "code"));
    }

    private JsonRpcClient Client(HttpClient http) => new(http, new(anvil.Process.Url), TimeProvider.System);
}
