using System.Security.Cryptography;

namespace Credentials.Cli.Wallet;

/// <summary>The wallet's folder: a file for each credential, readable by its owner alone.</summary>
internal sealed class WalletFolder
{
    private const int IdBytes = 6;
    private const string Extension = ".json";

    private WalletFolder(string path) => Path = path;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The folder that is asked for, or the user's own. It need not be there yet.</summary>
    /// <exception cref="MisuseException">There is no home to put it into.</exception>
    public static WalletFolder Find(string? given, Surroundings around)
    {
        if (given is not null)
        {
            return new(given);
        }

        string? data = around.Variable("XDG_DATA_HOME");
        string? home = around.Variable("HOME") ?? around.Variable("USERPROFILE");
        return new(data is { Length: > 0 } ? System.IO.Path.Combine(data, "credentials", "wallet")
            : home is { Length: > 0 } ? System.IO.Path.Combine(home, ".local", "share", "credentials", "wallet")
            : throw new MisuseException("There is no home folder to keep a wallet in: name one with --wallet DIR."));
    }

    /// <summary>A name that no credential here has.</summary>
    public string NewId()
    {
        string id;
        do
        {
            id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        }
        while (File.Exists(FileOf(id)));

        return id;
    }

    /// <summary>Keeps a credential: whole, or not at all.</summary>
    /// <exception cref="MisuseException">The folder cannot be written.</exception>
    public async Task SaveAsync(WalletEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            EnsureFolder();
            string draft = FileOf(entry.Id) + ".new";
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            await using (FileStream file = new(draft, options))
            {
                await file.WriteAsync(entry.ToUtf8(), cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, FileOf(entry.Id));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"{Path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Whether a credential could be kept, asked before the issuer is.</summary>
    /// <exception cref="MisuseException">The folder cannot be made.</exception>
    public void EnsureFolder()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Path);
            }
            else
            {
                Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"{Path} cannot be made: {e.Message}");
        }
    }

    /// <summary>All that it holds, the oldest first. What is no entry is passed over and named.</summary>
    public IReadOnlyList<WalletEntry> ReadAll(out IReadOnlyList<string> unreadable)
    {
        List<WalletEntry> entries = [];
        List<string> strange = [];
        foreach (string file in Directory.Exists(Path) ? Directory.GetFiles(Path, "*" + Extension) : [])
        {
            try
            {
                if (WalletEntry.Read(File.ReadAllBytes(file)) is { } entry)
                {
                    entries.Add(entry);
                    continue;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Named below.
            }

            strange.Add(file);
        }

        unreadable = strange;
        return [.. entries.OrderBy(entry => entry.Received)];
    }

    private string FileOf(string id) => System.IO.Path.Combine(Path, id + Extension);
}
