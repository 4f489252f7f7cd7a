using Xunit;

namespace Credentials.TestKit;

/// <summary>Other people's programs in <c>tests/Interop</c>, from npm.</summary>
public static class InteropTools
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Interop");

    /// <summary>Why tests that need them are skipped; null where they are installed.</summary>
    public static string? SkipReason { get; } = Directory.Exists(Path.Combine(Folder, "node_modules"))
        ? null
        : "Other people's programs are not installed: run npm ci --ignore-scripts --prefix tests/Interop.";
}

/// <summary>A fact that runs other people's programs; without them it is skipped and says how to have them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InteropFactAttribute : FactAttribute
{
    public InteropFactAttribute() => Skip = InteropTools.SkipReason;
}

/// <summary>A theory that does.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InteropTheoryAttribute : TheoryAttribute
{
    public InteropTheoryAttribute() => Skip = InteropTools.SkipReason;
}
