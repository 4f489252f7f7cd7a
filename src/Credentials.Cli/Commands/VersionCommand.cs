using System.Reflection;

namespace Credentials.Cli.Commands;

/// <summary><c>credentials version</c></summary>
internal static class VersionCommand
{
    public static Command Row { get; } = new("version", "", "Say which version this is", RunAsync) { Count = (0, 0) };

    /// <summary>Version and, when built from a repository, commit.</summary>
    public static string Text { get; } = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static async Task<int> RunAsync(Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        await around.Out.WriteLineAsync($"credentials {Text}");
        return ExitCode.Verified;
    }
}
