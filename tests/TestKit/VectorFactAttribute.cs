using Xunit;

namespace Credentials.TestKit;

/// <summary>A fact that needs the <see cref="Vectors"/>, or one folder of them; without them it is skipped and says how to have them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VectorFactAttribute : FactAttribute
{
    public VectorFactAttribute() => Skip = Reason(".");

    /// <param name="folder">The folder within the vectors, like <c>openid</c>.</param>
    public VectorFactAttribute(string folder) => Skip = Reason(folder);

    internal static string? Reason(string folder) => Vectors.Folder is { } vectors && Directory.Exists(Path.Combine(vectors, folder))
        ? null
        : $"The vectors of the specifications ({folder}) were not found: set {Vectors.Variable} to their folder.";
}

/// <summary>A theory that needs the <see cref="Vectors"/>, or one folder of them; without them it is skipped and says how to have them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VectorTheoryAttribute : TheoryAttribute
{
    public VectorTheoryAttribute() => Skip = VectorFactAttribute.Reason(".");

    /// <param name="folder">The folder within the vectors, like <c>openid</c>.</param>
    public VectorTheoryAttribute(string folder) => Skip = VectorFactAttribute.Reason(folder);
}
