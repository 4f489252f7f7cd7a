using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Tests.Anchoring.Lab;
using Credentials.Keys;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace Credentials.IssuerApi.Tests.Keys;

/// <summary>A retired key is revoked after every anchor of what it signed, whatever the chain takes back meanwhile.</summary>
public sealed class KeyRetirementTests : IDisposable
{
    private readonly string _key;
    private AnchoringLab _lab = null!;
    private Institution _institution = null!;

    public KeyRetirementTests()
    {
        using var key = SigningKey.Generate(KeyType.P256);
        _key = Multikey.Encode(key.PublicKey);
    }

    [Fact]
    public async Task Waits_for_the_last_anchor()
    {
        await PrepareAsync();
        await RetireAsync();
        for (int round = 0; round < 20 && await OpenAsync() > 0; round++)
        {
            await StepAsync();
            Assert.Null(await RevocationAsync());
            await _lab.RoundAsync();
        }

        await FinishAsync();
        (ulong anchored, ulong revoked) = await TimesAsync();
        Assert.True(anchored < revoked, $"anchored at {anchored}, revoked at {revoked}");
    }

    [Fact]
    public async Task Waits_anew_when_the_chain_took_an_anchor_back_before_the_revocation_was_sent()
    {
        await PrepareAsync();
        await AnchorAllAsync();
        await RetireAsync();
        await StepAsync();
        Assert.Equal("queued", (await RevocationAsync())!.State);

        await _lab.ReorganiseAsync(30, returnToPool: false);
        await _lab.StepAsync(process => process.FollowAsync());
        Assert.Equal(3, await OpenAsync());
        await StepAsync();
        await StepAsync();
        Assert.Equal(("cancelled", true), ((await RevocationAsync())!.State, (await KeyAsync()).RetiredAt is null));

        await FinishAsync();
        (ulong anchored, ulong revoked) = await TimesAsync();
        Assert.True(anchored < revoked, $"anchored at {anchored}, revoked at {revoked}");
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(5, true)]
    [InlineData(30, false)]
    public async Task Loses_no_diploma_or_names_it_when_the_chain_takes_back_anchors_and_revocation_together(int depth, bool returnToPool)
    {
        await PrepareAsync();
        await AnchorAllAsync();
        await RetireAsync();
        await StepAsync();
        await _lab.StepAsync(process => process.SendAsync());
        _lab.MineOne();
        await _lab.StepAsync(process => process.FollowAsync());
        await _lab.ReorganiseAsync(depth, returnToPool);

        await FinishAsync();
        (ulong anchored, ulong revoked) = await TimesAsync();
        CallProgress? revocation = await RevocationAsync();
        (long late, IReadOnlyList<string> ids) = await new SignedCredentials(_lab.Database).TooLateAsync("coimbra", _key, revocation!.BlockTime, CancellationToken.None);
        Assert.Equal(anchored < revoked ? 0 : 3, late);
        Assert.Equal(late, ids.Count);
    }

    public void Dispose() => _lab?.Dispose();

    private async Task PrepareAsync()
    {
        _lab = await AnchoringLab.CreateAsync();
        InstitutionId id = await _lab.CreateInstitutionAsync("coimbra");
        _institution = new Institution("coimbra", "did:example:coimbra", "coimbra", "PT", id, _lab.Account);
        await _lab.WriteAsync(async write =>
        {
            await write.Connection!.ExecuteAsync(
                "INSERT INTO signing_keys (institution_id, id, type, secret, created_at) VALUES ('coimbra', @_key, 'P256', @secret, 1)", new { _key, secret = new byte[1] }, write);
            await Calls.EnqueueAsync(write, _institution, TransactionPurpose.AddKey, KeyCalls.Add(_institution, _key));
        });
        await _lab.IssueAsync("coimbra", 3);
        await _lab.WriteAsync(write => write.Connection!.ExecuteAsync("UPDATE credentials SET signed_by = @_key", new { _key }, write));
    }

    private RegistryCalls Calls => new(_lab.Database, _lab.Process.Get<TransactionOutbox>(), _lab.Registry);

    private SigningKeyStore Store => new(_lab.Database, _lab.Clock);

    private async Task AnchorAllAsync()
    {
        for (int round = 0; round < 20 && await OpenAsync() > 0; round++)
        {
            await _lab.RoundAsync();
        }

        Assert.Equal(0, await OpenAsync());
    }

    private Task RetireAsync() => _lab.WriteAsync(write => Store.SetRetiringAsync(write, "coimbra", _key, RetirementReason.Retired));

    private async Task StepAsync() =>
        await new KeyRetirement(_lab.Database, Store, new InstitutionStore(_lab.Database, _lab.Clock), Calls, new SignedCredentials(_lab.Database), NullLogger<KeyRetirement>.Instance).StepAsync(CancellationToken.None);

    private async Task FinishAsync()
    {
        for (int round = 0; round < 60; round++)
        {
            await StepAsync();
            await _lab.RoundAsync();
            if (await OpenAsync() == 0 && await RevocationAsync() is { IsFinal: true })
            {
                return;
            }
        }

        Assert.Fail($"{await OpenAsync()} are open, the revocation is {await RevocationAsync()}");
    }

    private Task<long> OpenAsync() => new SignedCredentials(_lab.Database).CountOpenAsync("coimbra", _key, CancellationToken.None);

    private async Task<KeyRecord> KeyAsync() => (await Store.ListAsync("coimbra", CancellationToken.None))[0];

    private Task<CallProgress?> RevocationAsync() => Calls.FindAsync(_institution, KeyCalls.Revoke(_institution, _key, RetirementReason.Retired), CancellationToken.None);

    private async Task<(ulong Anchored, ulong Revoked)> TimesAsync()
    {
        MerkleRoot root = MerkleRoot.From(await _lab.QueryOneAsync<byte[]>("SELECT root FROM anchor_batches"));
        var query = new LookupQuery(_institution.ChainInstitution, root) { Key = CredentialRegistryContract.KeyIdOf($"did:example:coimbra#{_key}") };
        RegistryState state = await _lab.Chain.LookUpAsync(_lab.Registry.Contract, query, BlockTag.Latest, CancellationToken.None);
        return (state.AnchoredAt, state.Key!.RevokedAt);
    }
}
