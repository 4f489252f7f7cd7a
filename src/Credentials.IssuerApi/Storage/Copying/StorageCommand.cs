using System.Globalization;
using Credentials.IssuerApi.Storage.Postgres;
using Credentials.IssuerApi.Storage.Sqlite;

namespace Credentials.IssuerApi.Storage.Copying;

/// <summary><c>storage copy --from A --to B</c>, where A and B are a data folder (SQLite) or a PostgreSQL connection string.</summary>
internal static class StorageCommand
{
    /// <summary>EX_USAGE of sysexits.h.</summary>
    public const int Misuse = 64;

    private const string Usage = """
        usage: storage copy --from FOLDER|CONNECTION --to FOLDER|CONNECTION [--password-file FILE]

        Copies an issuer's whole state from SQLite (its data folder) to an empty PostgreSQL database, or back. Stop every issuer first.
        The key ring stays in the data folder: the issuer needs Issuer:DataFolder on either engine.
          --from, --to       a data folder, or a connection string such as "Host=db.example.edu;Database=credentials;Username=issuer"
          --password-file    file with the PostgreSQL password
        """;

    public static bool IsAskedFor(string[] args) => args is ["storage", ..];

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (args is not ["storage", "copy", .. var rest] || Read(rest) is not { } options || !options.TryGetValue("--from", out string? from) || !options.TryGetValue("--to", out string? to))
        {
            await errors.WriteLineAsync(Usage);
            return Misuse;
        }

        options.TryGetValue("--password-file", out string? passwordFile);
        if (!IsConnection(from) && !File.Exists(Path.Combine(from, SqliteDatabase.FileName)))
        {
            throw new StartupRefusedException($"There is no {SqliteDatabase.FileName} in {from}. Name the data folder of the issuer.");
        }

        IDatabase source = Open(from, passwordFile);
        try
        {
            IDatabase target = Open(to, passwordFile);
            try
            {
                await output.WriteLineAsync($"Copying from {source.Dialect.Name} to {target.Dialect.Name}");
                long rows = await StorageCopy.RunAsync(source, target, output.WriteLine, cancellationToken);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Copied and compared {rows} rows. {Next(target)}"));
                return 0;
            }
            finally
            {
                (target as IDisposable)?.Dispose();
            }
        }
        finally
        {
            (source as IDisposable)?.Dispose();
        }
    }

    private static string Next(IDatabase target) => target.IsShared
        ? "Start the issuer with Storage:Postgres and the same Issuer:DataFolder (its key ring opens the private keys); keep the old database file as a backup."
        : "Start the issuer without Storage:Postgres and with this Issuer:DataFolder; the key ring (folder 'keyring') must lie in it.";

    private static IDatabase Open(string place, string? passwordFile) => IsConnection(place)
        ? PostgresStart.Open(new StorageOptions { Postgres = $"Application Name=credentials storage copy;{place}", PostgresPasswordFile = passwordFile, PostgresPatience = TimeSpan.Zero }, _ => { })
        : SqliteDatabase.Open(place);

    private static bool IsConnection(string place) => place.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string>? Read(string[] args)
    {
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        for (int i = 0; i < args.Length; i += 2)
        {
            if (args[i] is not ("--from" or "--to" or "--password-file") || i + 1 == args.Length || !options.TryAdd(args[i], args[i + 1]))
            {
                return null;
            }
        }

        return options;
    }
}
