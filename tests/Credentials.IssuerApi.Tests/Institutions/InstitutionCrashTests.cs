using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Tests.Anchoring.Lab;
using Credentials.Keys;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Credentials.IssuerApi.Tests.Institutions;

/// <summary>The process dies around each operation of its database while an institution is made or a key is changed: all of it happened, or nothing.</summary>
public sealed class InstitutionCrashTests : IDisposable
{
    private static readonly Caller s_administrator = new("administrator", Role.Administrator, null);
    private readonly CrashLab _lab = new();

    public static TheoryData<CrashMoment> Moments => [CrashMoment.Before, CrashMoment.During, CrashMoment.After];

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task An_institution_has_all_its_keys_and_its_identity_in_the_outbox_or_is_not_there(CrashMoment moment)
    {
        for (int operation = 1; ; operation++)
        {
            string slug = $"u{operation}";
            var crash = new CrashPoint(operation, moment);
            await CrashLab.DieAsync(() => CreateAsync(_lab.Process(crash), slug));
            await CreateAsync(_lab.Process(), slug);

            (long keys, long identities, long calls) = await CountAsync(slug);
            Assert.Equal((InstitutionKeys.TypesOfNewInstitutions.Count, 1, InstitutionKeys.TypesOfNewInstitutions.Count + 2), ((int)keys, (int)identities, (int)calls));
            Assert.Equal(0, await _lab.Process().GetRequiredService<InstitutionCreation>().CompleteAsync(CancellationToken.None));
            if (!crash.IsDead)
            {
                Assert.True(operation > 1, "The crash never happened.");
                return;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task A_key_that_is_asked_for_again_under_its_key_is_made_once_and_is_in_the_outbox(CrashMoment moment)
    {
        await CreateAsync(_lab.Process(), "u");
        (long before, _, long calls) = await CountAsync("u");
        for (int operation = 1; ; operation++)
        {
            var crash = new CrashPoint(operation, moment);
            await CrashLab.DieAsync(() => AddAsync(_lab.Process(crash), $"request {operation}"));
            string first = await AddAsync(_lab.Process(), $"request {operation}");
            string second = await AddAsync(_lab.Process(), $"request {operation}");

            (long keys, _, long now) = await CountAsync("u");
            Assert.Equal(first, second);
            Assert.Equal((before + operation, calls + operation), (keys, now));
            if (!crash.IsDead)
            {
                Assert.True(operation > 1, "The crash never happened.");
                return;
            }
        }
    }

    [Fact]
    public async Task An_institution_of_an_older_program_is_completed_once()
    {
        await _lab.PrepareAsync();
        Assert.Equal(1, await _lab.Process().GetRequiredService<InstitutionCreation>().CompleteAsync(CancellationToken.None));
        Assert.Equal(0, await _lab.Process().GetRequiredService<InstitutionCreation>().CompleteAsync(CancellationToken.None));
        (long keys, long identities, long calls) = await CountAsync("u");
        Assert.Equal((1, keys + 1), (identities, calls));
    }

    public void Dispose() => _lab.Dispose();

    private static async Task CreateAsync(IServiceProvider process, string slug) =>
        await process.GetRequiredService<InstitutionCreation>().CreateAsync(new CreateInstitution(slug, "Universidade", "PT"), s_administrator, CancellationToken.None);

    private static async Task<string> AddAsync(IServiceProvider process, string key)
    {
        Institution institution = await process.GetRequiredService<InstitutionStore>().GetAsync("u", CancellationToken.None);
        (KeyChange change, string? id) = await process.GetRequiredService<KeyRotation>().AddAsync(institution, KeyType.P256, new IdempotencyKey(key, new byte[32]), s_administrator, CancellationToken.None);
        Assert.Equal(KeyChange.Done, change);
        return id!;
    }

    private Task<(long Keys, long Identities, long Calls)> CountAsync(string slug) => _lab.Database.ReadAsync(
        connection => connection.QuerySingleAsync<(long, long, long)>(
            "SELECT (SELECT count(*) FROM signing_keys WHERE institution_id = @slug), (SELECT count(*) FROM institution_identities WHERE institution_id = @slug), (SELECT count(*) FROM transactions WHERE institution_id = @slug)",
            new { slug }),
        CancellationToken.None);
}
