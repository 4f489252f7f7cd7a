using System.Text.Json;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Tests.Anchoring.Lab;
using Credentials.IssuerApi.Wallets;
using Credentials.IssuerApi.Wallets.Authorization;
using Credentials.IssuerApi.Wallets.Issuing;
using Credentials.IssuerApi.Wallets.Offers;
using Credentials.Keys;
using Credentials.OpenId.Issuance;
using Credentials.OpenId.OAuth;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Credentials.IssuerApi.Tests.Wallets;

/// <summary>The process dies around each operation of its database while a wallet redeems an offer; the wallet tries again, as wallets do.</summary>
public sealed class RedemptionCrashTests : IDisposable
{
    private const string Configuration = "diploma-sd-jwt";

    private readonly CrashLab _lab = new();

    public static TheoryData<CrashMoment> Moments => [CrashMoment.Before, CrashMoment.During, CrashMoment.After];

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task A_redemption_that_is_tried_again_makes_one_copy_wherever_the_first_try_died(CrashMoment moment)
    {
        await _lab.PrepareAsync();
        for (int operation = 1; ; operation++)
        {
            var wallet = new TryingWallet(await OfferAsync(_lab.Process()));
            var crash = new CrashPoint(operation, moment);
            await CrashLab.DieAsync(() => wallet.RedeemAsync(_lab.Process(crash)));
            byte[] second = await wallet.RedeemAsync(_lab.Process());
            byte[] third = await wallet.RedeemAsync(_lab.Process());

            Assert.Equal(second, third);
            (long copies, long issues, long nonces, long audited) = await _lab.Database.ReadAsync(
                connection => connection.QuerySingleAsync<(long, long, long, long)>("SELECT (SELECT count(*) FROM credentials WHERE master_id IS NOT NULL), (SELECT count(*) FROM wallet_issues), (SELECT count(*) FROM wallet_nonces), (SELECT count(*) FROM audit_log WHERE action = 'issue-copy')"), CancellationToken.None);
            Assert.Equal((operation, operation, operation, operation), ((int)copies, (int)issues, (int)nonces, (int)audited));
            if (!crash.IsDead)
            {
                Assert.True(operation > 3, "The crash never happened.");
                return;
            }
        }
    }

    public void Dispose() => _lab.Dispose();

    private static async Task<string> OfferAsync(ServiceProvider process)
    {
        Parsed<IssueRequest> request = IssueRequest.Parse(JsonSerializer.SerializeToUtf8Bytes(new { credential = Diploma.Unsigned() }));
        (CredentialRecord? credential, _) = await process.GetRequiredService<CredentialIssuing>().IssueAsync(request.Require(), null, CrashLab.Registrar, CancellationToken.None);
        (OfferAnswer? offer, _) = await process.GetRequiredService<IDatabase>().WriteAsync(
            transaction => process.GetRequiredService<OfferMaking>().MakeAsync(transaction, credential!, new OfferRequest(), CrashLab.Registrar), CancellationToken.None);
        return CredentialOffer.Read(offer!.Offer.Utf8).Require().PreAuthorizedCode!.Code;
    }

    private sealed class TryingWallet(string code)
    {
        private static readonly SigningKey Key = SigningKey.Generate(KeyType.P256);

        private readonly UsedNonce _nonce = new(WalletSecret.HashOf(code + "nonce"), TimeProvider.System.GetUtcNow().AddMinutes(5));
        private readonly byte[] _hash = WalletSecret.HashOf(code + "request");
        private string? _token;

        public async Task<byte[]> RedeemAsync(ServiceProvider process)
        {
            _token ??= (await process.GetRequiredService<TokenGranting>().GrantAsync("u", new TokenRequest(TokenRequest.PreAuthorizedCode, code), "key", CancellationToken.None)).Require().AccessToken;
            OfferRecord offer = (await process.GetRequiredService<OfferStore>().FindByAccessAsync(_token, CancellationToken.None))!;
            CopyIssuing issuing = process.GetRequiredService<CopyIssuing>();
            Parsed<CredentialResponse> answer = await process.GetRequiredService<IssueStore>().FindAsync(offer.Id, Configuration, CancellationToken.None) is { } earlier
                ? await issuing.RepeatAsync(earlier, _hash, CancellationToken.None)
                : await issuing.IssueAsync(new Access(offer, WalletSecret.HashOf(_token)), WalletConfiguration.Find(Configuration)!, [new CopyHolder(Key.PublicKey, "did:example:1")], _nonce, _hash, CancellationToken.None);
            return Assert.Single(answer.Require().Credentials).ToArray();
        }
    }
}
