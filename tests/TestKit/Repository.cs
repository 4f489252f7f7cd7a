using System.Reflection;

namespace Credentials.TestKit;

/// <summary>The checkout that the tests were built from, wherever their output lies.</summary>
public static class Repository
{
    /// <summary>The folder of the solution, without a separator at its end.</summary>
    public static string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static metadata => metadata.Key == "RepositoryRoot").Value!));
}
