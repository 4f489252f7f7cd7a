using System.Diagnostics;
using Xunit;

namespace Credentials.TestKit;

/// <summary>A PostgreSQL server of this test run's own, on a temporary folder and a socket: no port, no password, gone with this process however it ends.</summary>
public sealed class PostgresServer : IDisposable
{
    /// <summary>How to have the group that is left out without it.</summary>
    public const string Hint = "There is no PostgreSQL here: install it (Debian: apt-get install postgresql) or put postgres and initdb on the PATH.";

    private const string User = "postgres";

    // The shell dies with its standard input, which dies with us; the server gets the signal that makes it end at once and cleanly.
    private const string Guard = "exec 3<&0; (read -r _ <&3; kill -INT $$) >/dev/null 2>&1 & exec \"$@\" 3<&- </dev/null";

    private static readonly Lazy<PostgresServer> s_shared = new(() => Start());

    private readonly string _folder;
    private readonly string[] _settings;
    private Process? _process;

    private PostgresServer(string folder, string[] settings) => (_folder, _settings) = (folder, settings);

    /// <summary>Why tests on PostgreSQL are left out here; null when they are not.</summary>
    public static string? SkipReason => BinaryFolder is null ? Hint : null;

    /// <summary>The one server of this run, which every test class shares; each test makes its own database on it.</summary>
    public static PostgresServer Shared => s_shared.Value;

    /// <summary>The folder of the server's socket; a connection string names it as Host.</summary>
    public string SocketFolder => Path.Combine(_folder, "socket");

    /// <summary>Where the data lie.</summary>
    public string DataFolder => Path.Combine(_folder, "data");

    /// <summary>Starts another server, for tests that stop it or fill its disk.</summary>
    /// <param name="folder">An empty folder to use; null for one of its own in memory where there is such a place.</param>
    /// <param name="settings">Settings of the server, as <c>name=value</c>.</param>
    public static PostgresServer Start(string? folder = null, params string[] settings)
    {
        folder ??= Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "pg-" + Guid.NewGuid().ToString("N")[..12])).FullName;
        var server = new PostgresServer(Directory.CreateDirectory(folder).FullName, settings);
        Directory.CreateDirectory(server.SocketFolder);
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", ["-R", User, folder]);
        }

        Run(AsUser([Path.Combine(BinaryFolder!, "initdb"), "-D", server.DataFolder, "-A", "trust", "-U", User, "--no-sync", "--no-locale", "-E", "UTF8"]));
        server.Resume();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    }

    /// <summary>Connection string of a database on this server, whether it is there or not.</summary>
    public string ConnectionString(string database) => $"Host={SocketFolder};Username={User};Database={database}";

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public string CreateDatabase()
    {
        string name = "t" + Guid.NewGuid().ToString("N");
        Psql("postgres", $"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Removes a database, whoever is connected to it.</summary>
    public void DropDatabase(string connectionString) => Psql("postgres", $"DROP DATABASE IF EXISTS {connectionString.Split("Database=")[1]} WITH (FORCE)");

    /// <summary>Runs a statement as the server's administrator.</summary>
    public void Psql(string database, string sql) =>
        Run(Path.Combine(BinaryFolder!, "psql"), ["-h", SocketFolder, "-U", User, "-d", database, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql]);

    /// <summary>Stops the server without any warning, as a power cut does.</summary>
    public void Kill()
    {
        // The postmaster's number is the first line of its file: our own child is the shell's guard.
        using var server = Process.GetProcessById(int.Parse(File.ReadLines(Path.Combine(DataFolder, "postmaster.pid")).First(), System.Globalization.CultureInfo.InvariantCulture));
        server.Kill();
        server.WaitForExit();
        End();
    }

    /// <summary>Starts the server again on its data.</summary>
    public void Resume()
    {
        string[] command = AsUser([Path.Combine(BinaryFolder!, "postgres"), "-D", DataFolder, "-k", SocketFolder, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=200", .. _settings.SelectMany(setting => new[] { "-c", setting })]);
        _process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Guard, "postgres", .. command]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        long started = Stopwatch.GetTimestamp();
        while (!IsReady())
        {
            Assert.False(_process.HasExited, "The PostgreSQL server did not start.");
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), "The PostgreSQL server is not ready after a minute.");
            Thread.Sleep(50);
        }
    }

    /// <summary>Starts the server again if a full disk made it stop.</summary>
    public void EnsureRunning()
    {
        if (_process?.HasExited != false || !IsReady())
        {
            End();
            Resume();
        }
    }

    /// <summary>Stops the server and removes its data.</summary>
    public void Dispose()
    {
        if (_process is null)
        {
            return;
        }

        End();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string? BinaryFolder { get; } = FindBinaryFolder();

    private void End()
    {
        if (_process is { } process)
        {
            _process = null;
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }

    private bool IsReady()
    {
        using Process asked = Process.Start(new ProcessStartInfo(Path.Combine(BinaryFolder!, "pg_isready"), ["-q", "-h", SocketFolder]))!;
        asked.WaitForExit();
        return asked.ExitCode == 0;
    }

    private static string? FindBinaryFolder()
    {
        IEnumerable<string> debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => folder, StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin"))
            : [];
        IEnumerable<string> path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return debian.Concat(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    // The server refuses to run as root.
    private static string[] AsUser(string[] command) =>
        Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups", .. command] : command;

    private static void Run(string[] command) => Run(command[0], command[1..]);

    private static void Run(string file, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{file} ended with {process.ExitCode}: {output.GetAwaiter().GetResult()}{errors}");
    }
}

/// <summary>A fact that needs a PostgreSQL server; without one it is skipped and says how to have it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.SkipReason;
}

/// <summary>A theory that does.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresServer.SkipReason;
}
