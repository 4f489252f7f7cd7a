using System.Data.Common;
using Dapper;

namespace Credentials.IssuerApi.Storage.Copying;

/// <summary>A column as both engines keep it.</summary>
/// <param name="Name">The same on both.</param>
/// <param name="Type"><c>INTEGER</c> (bigint), <c>TEXT</c> or <c>BLOB</c> (bytea).</param>
/// <param name="KeyOrder">Place in the primary key from 1; 0 outside of it.</param>
internal sealed record CopiedColumn(string Name, string Type, long KeyOrder);

/// <summary>A table with the order in which its rows are read on both engines: that of its primary key.</summary>
internal sealed record CopiedTable(string Name, IReadOnlyList<CopiedColumn> Columns)
{
    private const string SelectTables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'schema_migrations' ORDER BY name";
    private const string SelectColumns = "SELECT name AS Name, type AS Type, pk AS KeyOrder FROM pragma_table_info(@table) ORDER BY cid";
    private const string SelectParents = """SELECT DISTINCT "table" FROM pragma_foreign_key_list(@table)""";

    public string ColumnList => string.Join(", ", Columns.Select(column => column.Name));

    public string Select => $"SELECT {ColumnList} FROM {Name} ORDER BY {string.Join(", ", Columns.Where(column => column.KeyOrder > 0).OrderBy(column => column.KeyOrder).Select(column => column.Name))}";

    public string Count => $"SELECT count(*) FROM {Name}";

    public string Insert => $"INSERT INTO {Name} ({ColumnList}) VALUES ({string.Join(", ", Columns.Select((_, i) => $"$v{i}"))})";

    public string BinaryImport => $"COPY {Name} ({ColumnList}) FROM STDIN (FORMAT BINARY)";

    /// <summary>All tables, each after those that it refers to. The SQLite side tells: one of the two is always SQLite.</summary>
    public static async Task<IReadOnlyList<CopiedTable>> ReadAllAsync(DbConnection sqlite)
    {
        string[] names = [.. await sqlite.QueryAsync<string>(SelectTables)];
        Dictionary<string, HashSet<string>> parents = new(StringComparer.Ordinal);
        foreach (string table in names)
        {
            parents[table] = [.. (await sqlite.QueryAsync<string>(SelectParents, new { table })).Where(parent => parent != table)];
        }

        List<CopiedTable> ordered = [];
        while (ordered.Count < names.Length)
        {
            string next = names.First(name => ordered.TrueForAll(done => done.Name != name) && parents[name].All(parent => ordered.Exists(done => done.Name == parent)));
            ordered.Add(new CopiedTable(next, [.. await sqlite.QueryAsync<CopiedColumn>(SelectColumns, new { table = next })]));
        }

        return ordered;
    }
}
