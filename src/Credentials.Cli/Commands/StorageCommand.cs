using System.Diagnostics;

namespace Credentials.Cli.Commands;

/// <summary><c>credentials storage copy</c>: hands over to the issuer's own program, which alone knows its database.</summary>
internal static class StorageCommand
{
    private const string Variable = "CREDENTIALS_ISSUER";
    private const string Program = "Credentials.IssuerApi.dll";

    public static Command Row { get; } = new("storage", "copy", "Move an issuer's database from SQLite to PostgreSQL, or back", RunAsync)
    {
        Options =
        [
            new("--from", "PLACE", "An issuer's data folder (SQLite), or a PostgreSQL connection string") { Required = true },
            new("--to", "PLACE", "The same; it must be the other engine, and empty") { Required = true },
            new("--password-file", "FILE", "File with the PostgreSQL password"),
        ],
        Notes =
        [
            "Stop every issuer process first. All is copied in one transaction and compared afterwards; the key ring stays in the data folder.",
            $"The work is done by the issuer's program: {Program} beside this one, or where {Variable} says.",
            "",
            "Example:",
            "  credentials storage copy --from /var/lib/issuer --to \"Host=db.example.edu;Database=credentials;Username=issuer\" --password-file pw",
            "",
            "Exit codes: 0 copied, 1 refused (nothing was changed), 3 used wrongly.",
        ],
    };

    private static async Task<int> RunAsync(Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        if (arguments.Operands is not ["copy"])
        {
            throw new MisuseException("\"storage\" takes copy.");
        }

        string program = Find(around);
        List<string> words = [program, "storage", "copy", "--from", arguments["--from"]!, "--to", arguments["--to"]!];
        if (arguments["--password-file"] is { } passwordFile)
        {
            words.AddRange(["--password-file", passwordFile]);
        }

        using Process issuer = Process.Start(new ProcessStartInfo("dotnet", words) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new MisuseException("\"dotnet\" cannot be started.");
        issuer.OutputDataReceived += (_, line) => Write(around.Out, line.Data);
        issuer.ErrorDataReceived += (_, line) => Write(around.Error, line.Data);
        issuer.BeginOutputReadLine();
        issuer.BeginErrorReadLine();
        try
        {
            await issuer.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // What was begun is one transaction: it is gone with the process.
            issuer.Kill(entireProcessTree: true);
            throw;
        }

        return issuer.ExitCode == 0 ? ExitCode.Verified : ExitCode.Rejected;
    }

    private static string Find(Surroundings around)
    {
        // Installed side by side, or built: artifacts/bin/Credentials.Cli/debug and artifacts/bin/Credentials.IssuerApi/debug.
        string own = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string[] places = around.Variable(Variable) is { Length: > 0 } named
            ? [named]
            : [Path.Combine(own, Program), Path.GetFullPath(Path.Combine(own, "..", "..", "Credentials.IssuerApi", Path.GetFileName(own), Program))];
        return places.FirstOrDefault(File.Exists)
            ?? throw new MisuseException($"The issuer's program is not at {places[^1]}: set {Variable} to the path of {Program}.");
    }

    private static void Write(TextWriter writer, string? line)
    {
        if (line is not null)
        {
            lock (writer)
            {
                writer.WriteLine(line);
            }
        }
    }
}
