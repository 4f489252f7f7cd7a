using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Credentials.TestKit.Ledger;

/// <summary>Marks a world, or a test class that lives in one, that needs a node.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAnvilAttribute : Attribute;

/// <summary>A fact of a law-book. Where its class needs a node and there is none, it is skipped and says how to have one.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Credentials.TestKit.Ledger.LawDiscoverer", "Credentials.TestKit")]
public sealed class LawAttribute : FactAttribute;

/// <summary>Finds the laws.</summary>
public sealed class LawDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new LawTestCase(messages, testMethod)];
}

/// <summary>One law in one class.</summary>
public sealed class LawTestCase : XunitTestCase
{
    /// <summary>For the runner, which sends test cases between processes.</summary>
    [Obsolete("Called by the runner.")]
    public LawTestCase()
    {
    }

    public LawTestCase(IMessageSink messages, ITestMethod testMethod)
        : base(messages, TestMethodDisplay.ClassAndMethod, TestMethodDisplayOptions.None, testMethod)
    {
    }

    /// <inheritdoc/>
    protected override string? GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsAnvilAttribute)).Any() ? AnvilFixture.SkipReason : null;
}
