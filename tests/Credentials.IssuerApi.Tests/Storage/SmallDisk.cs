using System.Diagnostics;

namespace Credentials.IssuerApi.Tests.Storage;

/// <summary>A disk in memory of a few megabytes, to be filled. Only root may mount one; <see cref="Make"/> says so otherwise.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static SmallDisk Make(int megabytes)
    {
        string path = Directory.CreateTempSubdirectory("disk-").FullName;
        Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path);
        return new SmallDisk(path);
    }

    /// <summary>Writes a file that leaves only so many bytes free.</summary>
    public async Task FillAsync(string file, long leave)
    {
        long free = new DriveInfo(Path).AvailableFreeSpace - leave;
        await using FileStream stream = File.Create(file);
        byte[] block = new byte[64 * 1024];
        for (; free > 0; free -= block.Length)
        {
            await stream.WriteAsync(block.AsMemory(0, (int)Math.Min(block.Length, free)));
        }
    }

    public void Dispose()
    {
        Run("umount", "-l", Path);
        Directory.Delete(Path);
    }

    private static void Run(string file, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(file, arguments))!;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{file} ended with {process.ExitCode}: a small disk needs root and a kernel that lets it mount tmpfs.");
    }
}
