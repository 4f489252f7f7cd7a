using Xunit;

namespace Credentials.TestKit;

/// <summary>A fact that needs the <see cref="Vectors"/>; without them it is skipped and says how to have them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VectorFactAttribute : FactAttribute
{
    internal const string Reason = $"The vectors of the specifications were not found: set {Vectors.Variable} to their folder.";

    public VectorFactAttribute() => Skip = Vectors.Folder is null ? Reason : null;
}

/// <summary>A theory that needs the <see cref="Vectors"/>; without them it is skipped and says how to have them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VectorTheoryAttribute : TheoryAttribute
{
    public VectorTheoryAttribute() => Skip = Vectors.Folder is null ? VectorFactAttribute.Reason : null;
}
