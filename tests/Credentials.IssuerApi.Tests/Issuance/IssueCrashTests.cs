using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Status;
using Credentials.IssuerApi.Tests.Anchoring.Lab;
using Credentials.TestKit;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Credentials.IssuerApi.Tests.Issuance;

/// <summary>The process dies around each operation of its database; the client sends the same request again, as clients do.</summary>
public sealed class IssueCrashTests : IDisposable
{
    private readonly CrashLab _lab = new();

    public static TheoryData<CrashMoment> Moments => [CrashMoment.Before, CrashMoment.During, CrashMoment.After];

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task A_request_that_is_repeated_under_its_key_makes_one_credential_wherever_the_first_one_died(CrashMoment moment)
    {
        await _lab.PrepareAsync();
        for (int operation = 1; ; operation++)
        {
            var crash = new CrashPoint(operation, moment);
            string key = $"request {operation}";
            await CrashLab.DieAsync(() => IssueAsync(_lab.Process(crash), key));
            CredentialRecord second = await IssueAsync(_lab.Process(), key);
            CredentialRecord third = await IssueAsync(_lab.Process(), key);

            Assert.Equal(second.Id, third.Id);
            (long credentials, long audited) = await _lab.Database.ReadAsync(
                connection => connection.QuerySingleAsync<(long, long)>("SELECT (SELECT count(*) FROM credentials), (SELECT count(*) FROM audit_log WHERE action = 'issue')"), CancellationToken.None);
            Assert.Equal((operation, operation), ((int)credentials, (int)audited));
            if (!crash.IsDead)
            {
                Assert.True(operation > 2, "The crash never happened.");
                return;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task A_revocation_reaches_the_list_and_the_outbox_together_or_not_at_all(CrashMoment moment)
    {
        await _lab.PrepareAsync();
        for (int operation = 1; ; operation++)
        {
            CredentialRecord credential = await IssueAsync(_lab.Process(), $"revoked {operation}");
            var crash = new CrashPoint(operation, moment);
            await CrashLab.DieAsync(() => RevokeAsync(_lab.Process(crash), credential));

            (bool revoked, _) = await new StatusListStore(_lab.Database).ReadStatusAsync(credential.Position, CancellationToken.None);
            long queued = await _lab.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT count(*) FROM transactions"), CancellationToken.None);
            Assert.Equal(revoked ? operation : operation - 1, queued);

            await RevokeAsync(_lab.Process(), credential);
            Assert.Equal(operation, await _lab.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT count(*) FROM transactions"), CancellationToken.None));
            if (!crash.IsDead)
            {
                Assert.True(operation > 1, "The crash never happened.");
                return;
            }
        }
    }

    public void Dispose() => _lab.Dispose();

    private static async Task RevokeAsync(IServiceProvider process, CredentialRecord credential) => await process.GetRequiredService<StatusChanges>().ApplyAsync(
        credential, [new StatusEntryUpdate("BitstringStatusListEntry", StatusPurpose.Revocation, true)], CrashLab.Registrar, CancellationToken.None);

    private static async Task<CredentialRecord> IssueAsync(IServiceProvider process, string key)
    {
        IssueRequest request = IssueRequest.Parse(Utf8.Bytes("{\"credential\":" + Diploma.Unsigned().ToJsonString() + "}")).Require();
        (CredentialRecord? credential, _) = await process.GetRequiredService<CredentialIssuing>().IssueAsync(
            request, new IdempotencyKey(key, new byte[32]), CrashLab.Registrar, CancellationToken.None);
        return credential!;
    }
}
