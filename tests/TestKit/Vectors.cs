using System.Text.Json;

namespace Credentials.TestKit;

/// <summary>The test vectors of the specifications. They lie outside of the repository, in the folder that the environment variable names, or in <c>shared/vectors</c> beside one of the folders above it.</summary>
public static class Vectors
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "CREDENTIALS_VECTORS";

    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>The folder, or null when there is none.</summary>
    public static string? Folder => Found.Value;

    /// <summary>The absolute path of a file or folder of the vectors.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine(
        [Folder ?? throw new InvalidOperationException($"There are no vectors: set {Variable}."), .. parts]);

    /// <summary>A file's text, without white space at its ends.</summary>
    public static string Text(params string[] parts) => File.ReadAllText(Path(parts)).Trim();

    /// <summary>A file's bytes.</summary>
    public static byte[] Bytes(params string[] parts) => File.ReadAllBytes(Path(parts));

    /// <summary>A file's JSON.</summary>
    public static JsonElement Json(params string[] parts) => JsonDocument.Parse(Bytes(parts)).RootElement;

    /// <summary>The bytes that a file holds in hexadecimal.</summary>
    public static byte[] Hex(params string[] parts) => Convert.FromHexString(string.Concat(Text(parts).Where(c => !char.IsWhiteSpace(c))));

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = System.IO.Path.Combine(folder.FullName, "shared", "vectors");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
