using System.Security.Cryptography;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Storage.Copying;
using Credentials.TestKit;
using Dapper;

namespace Credentials.IssuerApi.Tests.Storage;

/// <summary>From SQLite to PostgreSQL and back, byte for byte.</summary>
public sealed class StorageCopyTests : IDisposable
{
    private readonly TemporaryFolder _from = new();
    private readonly TemporaryFolder _to = new();
    private readonly TemporaryFolder _back = new();

    [PostgresFact]
    public async Task Everything_comes_over_and_back_and_numbering_goes_on()
    {
        await FillAsync();
        string postgres = TestStorage.PostgresOf(_to.Path, Engine.Postgres);
        Assert.Equal(0, await CopyAsync(_from.Path, postgres));
        Assert.Equal(0, await CopyAsync(postgres, _back.Path));
        Assert.Equal(await DumpAsync(_from.Path, Engine.Sqlite), await DumpAsync(_back.Path, Engine.Sqlite));

        IDatabase target = TestStorage.Open(_to.Path, Engine.Postgres);
        long next = await target.WriteAsync(
            transaction => transaction.Connection!.QuerySingleAsync<long>("INSERT INTO audit_log (at, actor, action, subject) VALUES (0, 'a', 'b', 'c') RETURNING id", transaction: transaction), CancellationToken.None);
        Assert.Equal(8, next);
        target.Close();
    }

    [PostgresFact]
    public async Task Refuses_a_target_that_is_not_empty_and_leaves_it_as_it_was()
    {
        await FillAsync();
        IDatabase target = TestStorage.Open(_to.Path, Engine.Postgres);
        await target.InsertInstitutionAsync("other");
        target.Close();
        StartupRefusedException refused = await Assert.ThrowsAsync<StartupRefusedException>(() => CopyAsync(_from.Path, TestStorage.PostgresOf(_to.Path, Engine.Postgres)));
        Assert.Contains("not empty: its table institutions", refused.Message, StringComparison.Ordinal);
        target = TestStorage.Open(_to.Path, Engine.Postgres);
        Assert.Equal((1L, 0L), (await target.CountAsync("institutions"), await target.CountAsync("audit_log")));
        target.Close();
    }

    [PostgresFact]
    public async Task Refuses_while_an_issuer_is_at_work_on_either_side()
    {
        await FillAsync();
        string postgres = TestStorage.PostgresOf(_to.Path, Engine.Postgres);
        IDatabase working = TestStorage.Open(_from.Path, Engine.Sqlite);
        await Assert.ThrowsAsync<StartupRefusedException>(() => CopyAsync(_from.Path, postgres));
        working.Close();

        working = TestStorage.Open(_to.Path, Engine.Postgres);
        _ = await working.CountAsync("institutions");
        StartupRefusedException refused = await Assert.ThrowsAsync<StartupRefusedException>(() => CopyAsync(_from.Path, postgres));
        Assert.Contains("Stop every issuer process", refused.Message, StringComparison.Ordinal);
        working.Close();
    }

    [PostgresFact]
    public async Task Keeps_nothing_when_the_target_cannot_hold_a_value()
    {
        IDatabase source = TestStorage.Open(_from.Path, Engine.Sqlite);
        await source.InsertInstitutionAsync("u");
        await source.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("UPDATE institutions SET name = 'a' || char(0)", transaction: transaction), CancellationToken.None);
        source.Close();
        await Assert.ThrowsAnyAsync<Exception>(() => CopyAsync(_from.Path, TestStorage.PostgresOf(_to.Path, Engine.Postgres)));
        IDatabase target = TestStorage.Open(_to.Path, Engine.Postgres);
        Assert.Equal(0, await target.CountAsync("institutions"));
        target.Close();
    }

    [Theory]
    [InlineData("storage")]
    [InlineData("storage", "copy", "--from", "x")]
    [InlineData("storage", "copy", "--from", "x", "--to")]
    [InlineData("storage", "copy", "--from", "x", "--from", "y")]
    [InlineData("storage", "move", "--from", "x", "--to", "y")]
    public async Task Tells_how_it_is_used(params string[] arguments)
    {
        using StringWriter errors = new();
        Assert.Equal(StorageCommand.Misuse, await StorageCommand.RunAsync(arguments, TextWriter.Null, errors, CancellationToken.None));
        Assert.Contains("usage: storage copy", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_folder_without_a_database_and_a_copy_within_one_engine()
    {
        Assert.Contains("There is no issuer.db", (await Assert.ThrowsAsync<StartupRefusedException>(() => CopyAsync(_from.Path, _to.Path))).Message, StringComparison.Ordinal);
        await FillAsync();
        Assert.Contains("Both are SQLite", (await Assert.ThrowsAsync<StartupRefusedException>(() => CopyAsync(_from.Path, _to.Path))).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _from.Dispose();
        _to.Dispose();
        _back.Dispose();
    }

    private static Task<int> CopyAsync(string from, string to) => StorageCommand.RunAsync(["storage", "copy", "--from", from, "--to", to], TextWriter.Null, TextWriter.Null, CancellationToken.None);

    private async Task FillAsync()
    {
        IDatabase source = TestStorage.Open(_from.Path, Engine.Sqlite);
        await source.InsertInstitutionAsync("u");
        await source.InsertInstitutionAsync("Ä-學");
        await source.WriteAsync(
            async transaction =>
            {
                DbRow[] rows = [.. Enumerable.Range(0, 200).Select(i => new DbRow($"{i:x8}", RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(0, 3000)), RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(16), i))];
                await transaction.Connection!.ExecuteAsync("INSERT INTO status_lists (id, institution_id, allocated, allocated_count, revocation_bits, suspension_bits, version, created_at) VALUES ('l', 'u', @none, 0, @none, @none, 9223372036854775807, -1)", new { none = Array.Empty<byte>() }, transaction);
                await transaction.Connection!.ExecuteAsync("INSERT INTO credentials (id, institution_id, credential_id, document, digest, handle, status_list_id, status_index, created_at) VALUES (@Id, 'u', @Id, @Document, @Digest, @Handle, 'l', @Index, 0)", rows, transaction);
                await transaction.Connection!.ExecuteAsync("INSERT INTO audit_log (id, at, actor, institution_id, action, subject, detail) VALUES (7, 0, 'who', NULL, 'x', 'Üñî ''quoted'' \\ text', '')", transaction: transaction);
                return 0;
            },
            CancellationToken.None);
        source.Close();
    }

    private static async Task<string[]> DumpAsync(string folder, Engine engine)
    {
        IDatabase database = TestStorage.Open(folder, engine);
        string[] dump = await database.ReadAsync(
            async connection =>
            {
                List<string> lines = [];
                foreach (CopiedTable table in await CopiedTable.ReadAllAsync(connection))
                {
                    foreach (IDictionary<string, object?> row in (await connection.QueryAsync(table.Select)).Cast<IDictionary<string, object?>>())
                    {
                        lines.Add(table.Name + " " + string.Join("|", row.Values.Select(value => value switch { null => "null", byte[] blob => Convert.ToHexString(blob), var other => $"{other.GetType().Name}:{other}" })));
                    }
                }

                return lines.ToArray();
            },
            CancellationToken.None);
        database.Close();
        Assert.True(dump.Length > 200);
        return dump;
    }

    private sealed record DbRow(string Id, byte[] Document, byte[] Digest, byte[] Handle, int Index);
}
