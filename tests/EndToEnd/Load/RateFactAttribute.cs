using Credentials.TestKit;
using Credentials.TestKit.Ledger;

namespace Credentials.EndToEnd.Load;

/// <summary>A test that measures a rate: of the soak alone, because the gate's machine has other things to do.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RateFactAttribute : FactAttribute
{
    public RateFactAttribute() => Skip = Randomised.Soak ? AnvilFixture.SkipReason ?? PostgresServer.SkipReason : "Measures a rate: make soak runs it.";
}
