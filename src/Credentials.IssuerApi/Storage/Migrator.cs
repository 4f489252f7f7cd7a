using System.Globalization;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Credentials.IssuerApi.Storage;

/// <summary>One numbered step of the schema: <c>Storage/Migrations/001_issuer.sql</c> is number 1.</summary>
internal sealed record Migration(int Number, string Name, string Sql);

/// <summary>Brings a database to the newest schema, one transaction a step; what was applied stays noted in <c>schema_migrations</c>.</summary>
internal static class Migrator
{
    private const string CreateTable = "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT";
    private const string SelectNewest = "SELECT coalesce(max(number), 0) FROM schema_migrations";
    private const string Insert = "INSERT INTO schema_migrations (number, name) VALUES (@Number, @Name)";

    /// <summary>The steps that this program knows, in order.</summary>
    public static IReadOnlyList<Migration> Embedded()
    {
        Assembly assembly = typeof(Migrator).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => Read(assembly, name))
            .OrderBy(migration => migration.Number)];
    }

    /// <exception cref="StartupRefusedException">The database has a step that this program does not know.</exception>
    public static void Migrate(SqliteConnection connection, IReadOnlyList<Migration> known)
    {
        connection.Execute(CreateTable);
        int newest = connection.ExecuteScalar<int>(SelectNewest);
        int newestKnown = known.Count == 0 ? 0 : known[^1].Number;
        if (newest > newestKnown)
        {
            throw new StartupRefusedException(string.Create(CultureInfo.InvariantCulture, $"The database {connection.DataSource} was written by a newer program (schema {newest}; this program knows {newestKnown}). Run that newer program, or restore the backup that was made before the upgrade."));
        }

        foreach (Migration step in known.Where(step => step.Number > newest))
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
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
