namespace Credentials.Cli.Commands;

/// <summary><c>credentials help [COMMAND]</c></summary>
internal static class HelpCommand
{
    public static Command Row { get; } = new("help", "[COMMAND]", "Explain a command", RunAsync) { Count = (0, 1) };

    private static async Task<int> RunAsync(Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        await around.Out.WriteLineAsync(arguments.Operands is [var name] ? Explain(CommandTable.Find(name)) : Overview());
        return ExitCode.Verified;
    }

    private static string Overview() => $"""
        credentials: verify diplomas and see what is in them

        {string.Join('\n', CommandTable.All.Select(command => $"  {$"{command.Name} {command.Operands}",-26} {command.Summary}"))}

        Exit codes: 0 verified, 1 rejected, 2 cannot tell, 3 used wrongly.
        What is trusted stands in a file: --trust FILE, else $CREDENTIALS_TRUST, else ~/.config/credentials/trust.json. See: credentials help verify
        """;

    private static string Explain(Command command)
    {
        IEnumerable<string> options = command.Options.Select(option => $"  {$"{option.Name} {option.Value}",-26} {option.Summary}");
        return string.Join('\n',
        [
            $"credentials {command.Name} {command.Operands}".TrimEnd(),
            "",
            $"{command.Summary}.",
            .. command.Options.Count > 0 ? [""] : Array.Empty<string>(),
            .. options,
            .. command.Notes.Count > 0 ? [""] : Array.Empty<string>(),
            .. command.Notes,
        ]);
    }
}
