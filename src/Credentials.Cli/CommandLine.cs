namespace Credentials.Cli;

/// <summary>From words to an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] words, Surroundings around, CancellationToken cancellationToken)
    {
        try
        {
            words = Rephrase(words);
            Command command = CommandTable.Find(words[0]);
            return await command.RunAsync(Arguments.Parse(command, words.AsSpan(1)), around, cancellationToken);
        }
        catch (MisuseException misuse)
        {
            await around.Error.WriteLineAsync($"credentials: {misuse.Message}\nSee: credentials help");
            return ExitCode.Misuse;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    /// <summary>The customary flags as the commands that they mean.</summary>
    /// <exception cref="MisuseException">No word at all.</exception>
    private static string[] Rephrase(string[] words) => words switch
    {
        [] => throw new MisuseException("What shall be done? For example: credentials verify FILE"),
        ["--version" or "-v", ..] => ["version"],
        ["--help" or "-h", .. var rest] => ["help", .. rest.Take(1)],
        [var command, "--help" or "-h", ..] => ["help", command],
        _ => words,
    };
}
