using System.Numerics;
using Nethereum.Model;
using Nethereum.Signer;

namespace Credentials.Ethereum.Nethereum;

/// <summary>Nethereum's external signers (KMS, Key Vault) sign our transactions, and no other key does.</summary>
public sealed class NethereumExternalSignerTests : IDisposable
{
    private static readonly TransactionRequest Request = new(1, 7, EthereumAddress.Zero, new byte[] { 1, 2 }, 3, 50_000, new(2, 1));

    private readonly NethereumLedger _nethereum = new(new Uri("http://127.0.0.1:1/"));
    private readonly EthereumLedger _builtIn = new(new Uri("http://127.0.0.1:1/"));

    public void Dispose()
    {
        _nethereum.Dispose();
        _builtIn.Dispose();
    }

    [Fact]
    public async Task Both_clients_have_it_sign_and_the_account_is_its_own()
    {
        EthECKey key = EthECKey.GenerateKey();
        ExternalChainSigner signer = await ExternalChainSigner.CreateAsync(new KeyElsewhere(key), CancellationToken.None);
        for (int attempt = 0; attempt < 16; attempt++)
        {
            TransactionRequest request = Request with { Nonce = (ulong)attempt };
            foreach (ILedger ledger in (ILedger[])[_nethereum, _builtIn])
            {
                SignedTransaction signed = await ledger.SignAsync(request, signer, CancellationToken.None);
                SignedTransaction read = SignedTransaction.Decode(signed.Raw).Require();
                Assert.Equal((key.GetPublicAddress().ToLowerInvariant(), signed.Hash), (read.From.ToString(), read.Hash));
            }
        }
    }

    [Fact]
    public async Task A_signer_that_changes_its_key_signs_nothing()
    {
        KeyElsewhere elsewhere = new(EthECKey.GenerateKey());
        ExternalChainSigner signer = await ExternalChainSigner.CreateAsync(elsewhere, CancellationToken.None);
        elsewhere.Key = EthECKey.GenerateKey();
        await Assert.ThrowsAsync<SignerUnavailableException>(() => _nethereum.SignAsync(Request, signer, CancellationToken.None));
    }

    [Fact]
    public async Task A_signer_that_fails_is_unavailable_and_one_that_wants_whole_transactions_is_refused()
    {
        KeyElsewhere elsewhere = new(EthECKey.GenerateKey());
        ExternalChainSigner signer = await ExternalChainSigner.CreateAsync(elsewhere, CancellationToken.None);
        elsewhere.Fault = new TimeoutException("the service is busy");
        SignerUnavailableException told = await Assert.ThrowsAsync<SignerUnavailableException>(() => _nethereum.SignAsync(Request, signer, CancellationToken.None));
        Assert.Contains("the service is busy", told.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _nethereum.SignAsync(Request, signer, new CancellationToken(canceled: true)));
        elsewhere.ExternalSignerTransactionFormat = ExternalSignerTransactionFormat.RLP;
        await Assert.ThrowsAsync<ArgumentException>(() => ExternalChainSigner.CreateAsync(elsewhere, CancellationToken.None));
    }

    private sealed class KeyElsewhere(EthECKey key) : IEthExternalSigner
    {
        public EthECKey Key { get; set; } = key;

        public Exception? Fault { get; set; }

        public bool CalculatesV => false;

        public bool Supported1559 => true;

        public ExternalSignerTransactionFormat ExternalSignerTransactionFormat { get; set; } = ExternalSignerTransactionFormat.Hash;

        public Task<string> GetAddressAsync() => Task.FromResult(Key.GetPublicAddress());

        public Task<EthECDSASignature> SignAsync(byte[] rawBytes) => Fault is { } fault ? Task.FromException<EthECDSASignature>(fault) : Task.FromResult(Key.Sign(rawBytes));

        public Task<EthECDSASignature> SignAsync(byte[] rawBytes, BigInteger chainId) => throw new NotSupportedException();

        public Task<EthECDSASignature> SignEthereumMessageAsync(byte[] rawBytes) => throw new NotSupportedException();

        public Task SignAsync(LegacyTransaction transaction) => throw new NotSupportedException();

        public Task SignAsync(LegacyTransactionChainId transaction) => throw new NotSupportedException();

        public Task SignAsync(Transaction1559 transaction) => throw new NotSupportedException();

        public Task SignAsync(Transaction7702 transaction) => throw new NotSupportedException();

        public Task<string> SignTypedDataJsonAsync(string typedDataJson, string messageKeySelector = "message") => throw new NotSupportedException();
    }
}
