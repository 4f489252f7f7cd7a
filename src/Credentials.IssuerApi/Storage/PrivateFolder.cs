namespace Credentials.IssuerApi.Storage;

/// <summary>Folders that hold keys or diplomas: made so that only this user reads them, whatever the umask.</summary>
internal static class PrivateFolder
{
    /// <summary>Makes the folder, and those above it, where they are missing.</summary>
    public static DirectoryInfo Create(string path)
    {
        if (OperatingSystem.IsWindows() || Directory.Exists(path))
        {
            return Directory.CreateDirectory(path);
        }

        // .NET gives the mode to the last folder of a path only.
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } above)
        {
            Create(above);
        }

        return Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
