namespace Credentials.IssuerApi.Storage.Sqlite;

/// <summary>Keeps a second process out of a data folder. The operating system lets go of it when the process dies, however it dies.</summary>
internal sealed class ProcessLock : IDisposable
{
    /// <summary>The lock file's name within the data folder.</summary>
    public const string FileName = "issuer.lock";

    private readonly FileStream _file;

    private ProcessLock(FileStream file) => _file = file;

    /// <summary>Makes the folder where it is missing (readable by this user alone) and locks it.</summary>
    /// <exception cref="StartupRefusedException">Another process holds it, or the folder cannot be written.</exception>
    public static ProcessLock Take(string dataFolder)
    {
        string path = Path.Combine(dataFolder, FileName);
        try
        {
            PrivateFolder.Create(dataFolder);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new ProcessLock(file);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StartupRefusedException($"The data folder {dataFolder} cannot be written by this user. Give it to the user that runs the issuer, or set Issuer:DataFolder to another one.", e);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new StartupRefusedException($"Another issuer process is using the data folder {dataFolder}. Stop it first, or set Issuer:DataFolder to another folder: two processes on one database would sign and anchor twice.", e);
        }
        catch (IOException e)
        {
            throw new StartupRefusedException($"The data folder {dataFolder} cannot be made or opened ({e.Message}). Set Issuer:DataFolder to a folder on a local disk.", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
