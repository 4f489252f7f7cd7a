namespace Credentials.Cli;

/// <summary>What was typed after a command's name, sorted into options and operands.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, List<string>> _options = new(StringComparer.Ordinal);
    private readonly List<string> _operands = [];

    private Arguments()
    {
    }

    public IReadOnlyList<string> Operands => _operands;

    /// <summary>An option's value; empty for a switch that was given, null for what was not.</summary>
    public string? this[string option] => _options.GetValueOrDefault(option)?[0];

    /// <summary>Every value of an option that may be given several times, in the order of the words.</summary>
    public IReadOnlyList<string> All(string option) => _options.GetValueOrDefault(option) ?? [];

    /// <summary>Whether an option was given.</summary>
    public bool Has(string option) => _options.ContainsKey(option);

    /// <summary>Sorts the words. <c>--name value</c> and <c>--name=value</c> are the same; after <c>--</c> everything is an operand; <c>-</c> is one.</summary>
    /// <exception cref="MisuseException">An option is unknown, repeated, or lacks its value; or there are too few or too many operands.</exception>
    public static Arguments Parse(Command command, ReadOnlySpan<string> words)
    {
        Arguments arguments = new();
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            if (word == "--")
            {
                arguments._operands.AddRange(words[(i + 1)..]);
                break;
            }

            if (word.Length < 2 || word[0] != '-')
            {
                arguments._operands.Add(word);
                continue;
            }

            string[] halves = word.Split('=', 2);
            Option option = command.Options.FirstOrDefault(known => known.Name == halves[0])
                ?? throw new MisuseException($"\"{command.Name}\" has no option {halves[0]}.");
            string value = (option.Value, halves.Length) switch
            {
                (null, 1) => "",
                (null, _) => throw new MisuseException($"{option.Name} takes no value."),
                (_, 2) => halves[1],
                _ when i + 1 < words.Length => words[++i],
                _ => throw new MisuseException($"{option.Name} needs a value: {option.Name} {option.Value}."),
            };
            if (!arguments._options.TryGetValue(option.Name, out List<string>? values))
            {
                arguments._options[option.Name] = [value];
            }
            else if (option.Repeatable)
            {
                values.Add(value);
            }
            else
            {
                throw new MisuseException($"{option.Name} was given twice.");
            }
        }

        if (command.Options.FirstOrDefault(option => option.Required && !arguments.Has(option.Name)) is { } missing)
        {
            throw new MisuseException($"\"{command.Name}\" needs {missing.Name} {missing.Value}: {missing.Summary}.");
        }

        return arguments._operands.Count >= command.Count.Fewest && arguments._operands.Count <= command.Count.Most
            ? arguments
            : throw new MisuseException($"\"{command.Name}\" takes {(command.Operands.Length > 0 ? command.Operands : "no operand")}.");
    }
}
