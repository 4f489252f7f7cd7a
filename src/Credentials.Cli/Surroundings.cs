using Credentials.Cli.Trust;
using Credentials.Verification;

namespace Credentials.Cli;

/// <summary>All that a command touches besides its arguments: streams, clock, environment, network. Tests hand in their own.</summary>
internal sealed record Surroundings
{
    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Standard input.</summary>
    public required Func<Stream> Input { get; init; }

    /// <summary>Standard output for bytes that are no text; null where it is a terminal, which they would only confuse.</summary>
    public required Func<Stream>? Binary { get; init; }

    /// <summary>Whether <see cref="Out"/> is a terminal that wants colour.</summary>
    public required bool Colour { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>An environment variable, or null.</summary>
    public required Func<string, string?> Variable { get; init; }

    public required Func<BoundedFetcherOptions, IDocumentFetcher> Fetcher { get; init; }

    public required LedgerFactory Ledger { get; init; }

    /// <summary>For what is POSTed, which the fetcher cannot. The caller disposes it.</summary>
    public required Func<HttpClient> Http { get; init; }

    /// <summary>For issuers and verifiers that a wallet talks to, which strangers' links name: no redirect is followed, lest a code or a token be sent on to somebody else, and no private address reached unless the trust file opens them (the argument). The caller disposes it.</summary>
    public Func<bool, HttpClient> WalletHttp { get; init; } = static allowPrivateAddresses => new HttpClient(CheckedHttp.CreateHandler(allowPrivateAddresses));

    /// <summary>Console, system clock and network.</summary>
    public static Surroundings OfThisProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        Input = Console.OpenStandardInput,
        Binary = Console.IsOutputRedirected ? Console.OpenStandardOutput : null,
        Colour = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        Clock = TimeProvider.System,
        Variable = Environment.GetEnvironmentVariable,
        Fetcher = options => new BoundedFetcher(options),
        Ledger = LedgerClients.Choose(),
        Http = static () => new HttpClient(),
    };
}
