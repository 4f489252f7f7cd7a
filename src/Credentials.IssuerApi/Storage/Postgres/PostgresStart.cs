using System.Diagnostics;
using System.Globalization;
using Dapper;
using Npgsql;

namespace Credentials.IssuerApi.Storage.Postgres;

/// <summary>Opens the database on the server: waits for one that is only just starting, refuses one that will not do, and brings the schema up to date.</summary>
internal static class PostgresStart
{
    /// <summary>The oldest server that is tried with: version 14.</summary>
    public const int OldestServer = 140000;

    // Two pools, so that a write never waits for a connection that a reader holds, and the other way round.
    private const int UsualPoolSize = 10;
    private const int UsualCommandTimeoutSeconds = 120;
    private const string ReadOnly = "-c default_transaction_read_only=on";

    // A process that hangs in the middle of a write must not hold up the others for ever.
    private const string NoIdlers = "-c idle_in_transaction_session_timeout=60000";
    private const string Facts = "SELECT current_setting('server_version_num')::int AS Version, pg_is_in_recovery() AS IsStandby, current_setting('server_encoding') AS Encoding";

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="StartupRefusedException">The server stays away, does not let us in, is too old, or a newer program wrote the database.</exception>
    public static PostgresDatabase Open(StorageOptions options, Action<string> tell)
    {
        NpgsqlConnectionStringBuilder server = ReadConnectionString(options);
        NpgsqlDataSource readers = NpgsqlDataSource.Create(With(server, ReadOnly));
        NpgsqlDataSource writers = NpgsqlDataSource.Create(With(server, NoIdlers));
        var database = new PostgresDatabase(readers, writers);
        try
        {
            using NpgsqlConnection connection = Connect(writers, server, options.PostgresPatience, tell);
            Check(connection, server);
            AdvisoryLock.Hold(connection, "migrate", () => Migrator.Postgres.Migrate(connection, Migrator.Embedded(Migrator.Postgres)));
            return database;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            database.Dispose();
            throw new StartupRefusedException($"The PostgreSQL user '{server.Username}' may not do what the issuer needs ({fault.MessageText}). Make it the owner of the database: ALTER DATABASE \"{server.Database}\" OWNER TO \"{server.Username}\";", fault);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static NpgsqlConnectionStringBuilder ReadConnectionString(StorageOptions options)
    {
        NpgsqlConnectionStringBuilder server;
        try
        {
            server = new NpgsqlConnectionStringBuilder(options.Postgres);
        }
        catch (ArgumentException)
        {
            // Its message would repeat what it could not read, and that may be the password.
            throw new StartupRefusedException("Storage:Postgres is not a connection string. Write it like this: Host=db.example.edu;Database=credentials;Username=issuer");
        }

        if (string.IsNullOrEmpty(server.Host) || string.IsNullOrEmpty(server.Database))
        {
            throw new StartupRefusedException("Storage:Postgres names no Host or no Database. Write it like this: Host=db.example.edu;Database=credentials;Username=issuer");
        }

        if (!string.IsNullOrEmpty(options.PostgresPasswordFile))
        {
            try
            {
                server.Password = File.ReadAllText(options.PostgresPasswordFile).TrimEnd('\r', '\n');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StartupRefusedException($"The password file {options.PostgresPasswordFile} cannot be read ({e.Message}). Set Storage:PostgresPasswordFile to a file that this user reads.", e);
            }
        }

        return server;
    }

    private static string With(NpgsqlConnectionStringBuilder server, string setting)
    {
        var own = new NpgsqlConnectionStringBuilder(server.ConnectionString) { ApplicationName = server.ApplicationName ?? "credentials issuer" };
        own.Options = string.IsNullOrEmpty(own.Options) ? setting : $"{own.Options} {setting}";
        own.MaxPoolSize = server.ShouldSerialize("Maximum Pool Size") ? server.MaxPoolSize : UsualPoolSize;
        own.CommandTimeout = server.ShouldSerialize("Command Timeout") ? server.CommandTimeout : UsualCommandTimeoutSeconds;
        own.TcpKeepAlive = true;
        return own.ConnectionString;
    }

    private static NpgsqlConnection Connect(NpgsqlDataSource source, NpgsqlConnectionStringBuilder server, TimeSpan patience, Action<string> tell)
    {
        long started = Stopwatch.GetTimestamp();
        for (bool told = false; ; told = true)
        {
            try
            {
                return source.OpenConnection();
            }
            catch (NpgsqlException fault) when (IsOnlyAway(fault) && Stopwatch.GetElapsedTime(started) < patience)
            {
                if (!told)
                {
                    tell(string.Create(CultureInfo.InvariantCulture, $"The PostgreSQL server {server.Host}:{server.Port} does not answer yet; waiting up to {patience.TotalSeconds:0} s for it"));
                }

                Thread.Sleep(s_pause);
            }
            catch (NpgsqlException fault)
            {
                throw Refusal(fault, server);
            }
        }
    }

    private static bool IsOnlyAway(NpgsqlException fault) => PostgresFault.IsConnectionLost(fault) || fault is PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow };

    private static StartupRefusedException Refusal(NpgsqlException fault, NpgsqlConnectionStringBuilder server) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } => new($"The PostgreSQL server {server.Host}:{server.Port} does not take the password of the user '{server.Username}'. Look at Storage:PostgresPasswordFile, or at the Password in Storage:Postgres.", fault),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => new($"The PostgreSQL server {server.Host}:{server.Port} has no database '{server.Database}'. Make it: CREATE DATABASE \"{server.Database}\" OWNER \"{server.Username}\";", fault),
        PostgresException answered => new($"The PostgreSQL server {server.Host}:{server.Port} does not let us in: {answered.MessageText}", fault),
        { InnerException: System.Security.Authentication.AuthenticationException inner } => new($"The PostgreSQL server {server.Host}:{server.Port} cannot be reached safely ({inner.Message}). Look at SSL Mode and Root Certificate in Storage:Postgres.", fault),
        _ when IsOnlyAway(fault) => new($"The PostgreSQL server {server.Host}:{server.Port} does not answer ({fault.InnerException?.Message ?? fault.Message}). Start it, or mend Host and Port in Storage:Postgres. Storage:PostgresPatience says how long a start waits for it.", fault),
        _ => new($"The PostgreSQL server {server.Host}:{server.Port} cannot be used: {fault.Message} Look at Storage:Postgres.", fault),
    };

    private static void Check(NpgsqlConnection connection, NpgsqlConnectionStringBuilder server)
    {
        (int version, bool isStandby, string encoding) = connection.QuerySingle<(int, bool, string)>(Facts);
        if (version < OldestServer)
        {
            throw new StartupRefusedException(TooOld(version, server.Host!));
        }

        if (isStandby)
        {
            throw new StartupRefusedException($"The PostgreSQL server {server.Host}:{server.Port} is a standby, which cannot be written. Set Storage:Postgres to the primary.");
        }

        if (encoding != "UTF8")
        {
            throw new StartupRefusedException($"The database '{server.Database}' is kept in {encoding}. Make one in UTF-8: CREATE DATABASE \"{server.Database}\" OWNER \"{server.Username}\" ENCODING 'UTF8' TEMPLATE template0;");
        }
    }

    internal static string TooOld(int version, string host) => string.Create(
        CultureInfo.InvariantCulture,
        $"The PostgreSQL server {host} has version {version / 10000}; the issuer needs {OldestServer / 10000} or newer. Upgrade the server.");
}
