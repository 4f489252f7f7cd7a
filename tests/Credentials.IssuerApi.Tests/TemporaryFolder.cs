namespace Credentials.IssuerApi.Tests;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("issuer-").FullName;

    public void Dispose()
    {
        Storage.TestStorage.Drop(Path);
        Directory.Delete(Path, recursive: true);
    }
}
