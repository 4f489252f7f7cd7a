namespace Credentials.Cli;

/// <summary>One command: what it is called, what it takes, what it does. A row of <see cref="CommandTable"/>.</summary>
/// <param name="Name">What is typed.</param>
/// <param name="Operands">What follows the name, as help shows it.</param>
/// <param name="Summary">One line.</param>
/// <param name="RunAsync">Does it and returns the exit code.</param>
internal sealed record Command(string Name, string Operands, string Summary, Func<Arguments, Surroundings, CancellationToken, Task<int>> RunAsync)
{
    /// <summary>Fewest and most operands.</summary>
    public (int Fewest, int Most) Count { get; init; } = (1, 1);

    public IReadOnlyList<Option> Options { get; init; } = [];

    /// <summary>Lines for <c>help COMMAND</c>, below the options.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One option of a command.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Value">What help calls its value; null for a switch.</param>
/// <param name="Summary">One line.</param>
internal sealed record Option(string Name, string? Value, string Summary)
{
    /// <summary>Whether it may be given several times.</summary>
    public bool Repeatable { get; init; }

    /// <summary>Whether it must be given.</summary>
    public bool Required { get; init; }
}
