using Credentials.TestKit.Ledger;

namespace Credentials.Ethereum;

/// <summary>The law-book on the fake: what other tests lean on behaves as the chain does.</summary>
public sealed class InMemoryLedgerLaws(InMemoryWorld world) : LedgerLaws(world), IClassFixture<InMemoryWorld>;

/// <summary>The law-book on a real node through the built-in client.</summary>
[NeedsAnvil]
public sealed class AnvilLedgerLaws(AnvilWorld world) : LedgerLaws(world), IClassFixture<AnvilWorld>;
