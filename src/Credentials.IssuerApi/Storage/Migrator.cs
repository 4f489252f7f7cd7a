using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Dapper;

namespace Credentials.IssuerApi.Storage;

/// <summary>One numbered step of the schema: <c>Storage/Migrations/Sqlite/001_issuer.sql</c> is number 1. Each number has the same name on every engine.</summary>
internal sealed record Migration(int Number, string Name, string Sql);

/// <summary>Brings a database to the newest schema, one transaction a step; what was applied stays noted in <c>schema_migrations</c>.</summary>
/// <param name="folder">The folder of the engine's steps.</param>
/// <param name="createTable">Makes <c>schema_migrations</c> where it is missing.</param>
internal sealed class Migrator(string folder, string createTable)
{
    private const string SelectNewest = "SELECT coalesce(max(number), 0) FROM schema_migrations";
    private const string Insert = "INSERT INTO schema_migrations (number, name) VALUES (@Number, @Name)";

    public static Migrator Sqlite { get; } = new("Sqlite", "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT");

    public static Migrator Postgres { get; } = new("Postgres", """CREATE TABLE IF NOT EXISTS schema_migrations (number bigint PRIMARY KEY, name text COLLATE "C" NOT NULL)""");

    /// <summary>The steps that this program knows, in order.</summary>
    public static IReadOnlyList<Migration> Embedded(Migrator engine)
    {
        Assembly assembly = typeof(Migrator).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.Contains($".Migrations.{engine.Folder}.", StringComparison.Ordinal))
            .Select(name => Read(assembly, name))
            .OrderBy(migration => migration.Number)];
    }

    private string Folder { get; } = folder;

    /// <summary>Applies what is missing. The caller sees to it that no other process does the same at the same time.</summary>
    /// <exception cref="StartupRefusedException">The database has a step that this program does not know.</exception>
    public void Migrate(DbConnection connection, IReadOnlyList<Migration> known)
    {
        connection.Execute(createTable);
        long newest = connection.ExecuteScalar<long>(SelectNewest);
        int newestKnown = known.Count == 0 ? 0 : known[^1].Number;
        if (newest > newestKnown)
        {
            throw new StartupRefusedException(string.Create(CultureInfo.InvariantCulture, $"The database {connection.DataSource} was written by a newer program (schema {newest}; this program knows {newestKnown}). Run that newer program, or restore the backup that was made before the upgrade."));
        }

        foreach (Migration step in known.Where(step => step.Number > newest))
        {
            using DbTransaction transaction = connection.BeginTransaction();
            connection.Execute(step.Sql, transaction: transaction);
            connection.Execute(Insert, new { step.Number, step.Name }, transaction);
            transaction.Commit();
        }
    }

    private static Migration Read(Assembly assembly, string resource)
    {
        string name = resource[..^".sql".Length];
        name = name[(name.LastIndexOf('.') + 1)..];
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new Migration(int.Parse(name.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
