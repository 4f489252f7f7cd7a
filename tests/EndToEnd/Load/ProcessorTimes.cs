using System.Diagnostics;
using System.Globalization;

namespace Credentials.EndToEnd.Load;

/// <summary>Processor time that the generator, a server and the database have used, apart from each other.</summary>
/// <param name="Generator">This process.</param>
/// <param name="Server">The host that is measured.</param>
/// <param name="Database">All processes of PostgreSQL.</param>
internal sealed record ProcessorTimes(TimeSpan Generator, TimeSpan Server, TimeSpan Database)
{
    private const int UserTicks = 11; // Fields of /proc/PID/stat after the name, from 0: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    private const int ChildSystemTicks = 14;
    private const double TicksPerSecond = 100;

    /// <summary>As of now.</summary>
    public static ProcessorTimes Now(TimeSpan server)
    {
        using var self = Process.GetCurrentProcess();
        return new(self.TotalProcessorTime, server, OfPostgres());
    }

    public static ProcessorTimes operator -(ProcessorTimes one, ProcessorTimes other) => new(one.Generator - other.Generator, one.Server - other.Server, one.Database - other.Database);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"processor time: generator {Generator.TotalSeconds:0.0} s, server {Server.TotalSeconds:0.0} s, database {Database.TotalSeconds:0.0} s");

    // With what their children used that have ended: each connection is a process, and writes into its name what it does.
    private static TimeSpan OfPostgres() => TimeSpan.FromSeconds(Process.GetProcesses().Where(process => process.ProcessName.StartsWith("postgres", StringComparison.Ordinal)).Sum(process =>
    {
        using (process)
        {
            try
            {
                string stat = File.ReadAllText($"/proc/{process.Id}/stat");
                string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                return fields[UserTicks..(ChildSystemTicks + 1)].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond;
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                return 0;
            }
        }
    }));
}
