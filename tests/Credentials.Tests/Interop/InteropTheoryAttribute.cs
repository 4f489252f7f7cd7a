using Credentials.TestKit;

namespace Credentials.Tests.Interop;

/// <summary>A theory that runs other people's verifiers; without them it is skipped and says how to have them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InteropTheoryAttribute : TheoryAttribute
{
    internal static readonly string Folder = Path.Combine(Repository.Root, "tests", "Interop");

    public InteropTheoryAttribute() => Skip = Directory.Exists(Path.Combine(Folder, "node_modules"))
        ? null
        : "Other people's verifiers are not installed: run npm ci --ignore-scripts --prefix tests/Interop.";
}
