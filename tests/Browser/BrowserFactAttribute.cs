using Credentials.TestKit.Ledger;

namespace Credentials.Browser;

/// <summary>A fact that needs a browser and a node; without one of them it is skipped and says how to have it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.SkipReason ?? AnvilFixture.SkipReason;
}

/// <summary>A theory with the same needs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Chromium.SkipReason ?? AnvilFixture.SkipReason;
}

/// <summary>Where the browser is.</summary>
internal static class Chromium
{
    public const string Variable = "CREDENTIALS_CHROMIUM";

    /// <summary>The executable.</summary>
    public static string Path { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : "/usr/bin/chromium";

    /// <summary>Why browser tests are left out here; null when they are not.</summary>
    public static string? SkipReason { get; } = File.Exists(Path) ? null : $"There is no {Path}: install it (apt-get install chromium), or name a Chromium in {Variable}.";
}
