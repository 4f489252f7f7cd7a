using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;

namespace Credentials.Cli.Commands;

/// <summary>Anchors the root of a migration, once: what is on the chain already is left alone.</summary>
internal sealed class MigrationAnchor(TrustedChain chain, ILedger ledger, Surroundings around)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Returns when the root is final; or says why it is not.</summary>
    public async Task<string?> AnchorAsync(string keyFile, AnchorBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            if (chain.MismatchIn(await ledger.GetMarksAsync(chain.Contract, cancellationToken)) is { } mismatch)
            {
                return mismatch;
            }

            if (!await IsAnchoredAsync(batch, BlockTag.Latest, cancellationToken) && await SendAsync(keyFile, batch, cancellationToken) is { } refused)
            {
                return refused;
            }

            await around.Error.WriteLineAsync($"credentials: waiting until the root {batch.Root} is final.");
            DateTimeOffset end = around.Clock.GetUtcNow() + Patience;
            while (!await IsAnchoredAsync(batch, BlockTag.Finalized, cancellationToken))
            {
                if (around.Clock.GetUtcNow() > end)
                {
                    return $"The root {batch.Root} is not final yet. Run the same command again later.";
                }

                await Task.Delay(Pause, cancellationToken);
            }

            return null;
        }
        catch (LedgerUnavailableException e)
        {
            return e.Message;
        }
    }

    private async Task<bool> IsAnchoredAsync(AnchorBatch batch, BlockTag tag, CancellationToken cancellationToken) =>
        (await ledger.LookUpAsync(chain.Contract, new LookupQuery(batch.Institution, batch.Root), tag, cancellationToken)).AnchoredAt != 0;

    private async Task<string?> SendAsync(string keyFile, AnchorBatch batch, CancellationToken cancellationToken)
    {
        using ChainAccount account = Read(keyFile);
        ulong nonce = await ledger.GetTransactionCountAsync(account.Address, BlockTag.Latest, cancellationToken);
        TransactionRequest request = new(chain.ChainId, nonce, chain.Contract, CredentialRegistryContract.Anchor(batch.Institution, batch.Root), BigInteger.Zero, RegistryGas.Anchor, await ledger.SuggestFeesAsync(cancellationToken));
        SendResult sent = await ledger.SendAsync(ledger.Sign(request, account), cancellationToken);
        return sent.Outcome == SendOutcome.Accepted ? null : $"The node refused the transaction: {sent.Outcome} {sent.Message}";
    }

    private static ChainAccount Read(string path)
    {
        try
        {
            string text = File.ReadAllText(path).Trim();
            return ChainAccount.FromPrivateKey(Convert.FromHexString(text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            throw new MisuseException($"{path} holds no private key of an account: {e.Message}");
        }
    }
}
