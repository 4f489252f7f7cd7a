using Credentials.Cli.Commands;

namespace Credentials.Cli;

/// <summary>The commands. To add one: a file in Commands, a row here.</summary>
internal static class CommandTable
{
    public static IReadOnlyList<Command> All { get; } =
    [
        VerifyCommand.Row,
        SignCommand.Row,
        DeriveCommand.Row,
        BundleCommand.Row,
        WitnessCommand.Row,
        MigrateCommand.Row,
        KeysCommand.Row,
        WalletCommand.Row,
        InspectCommand.Row,
        DoctorCommand.Row,
        StorageCommand.Row,
        QrCommand.Row,
        HelpCommand.Row,
        VersionCommand.Row,
    ];

    /// <summary>The command of that name.</summary>
    /// <exception cref="MisuseException">There is none.</exception>
    public static Command Find(string name) => All.FirstOrDefault(command => command.Name == name)
        ?? throw new MisuseException($"There is no command \"{name}\".");
}
