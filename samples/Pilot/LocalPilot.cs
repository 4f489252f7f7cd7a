using System.Numerics;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.LocalChain;
using Credentials.Ethereum.Registry;
using Credentials.Verification;

namespace Credentials.Pilot;

/// <summary>The whole system on one machine: chain, contract, issuer, verifier page. Every step finds what an earlier start has done.</summary>
internal sealed class LocalPilot : IAsyncDisposable
{
    private readonly string _folder;
    private AnvilProcess? _chain;
    private HostProcess? _issuer;
    private HostProcess? _verifier;
    private HostProcess? _wallet;

    private LocalPilot(string folder, PilotSettings settings) => (_folder, Settings) = (folder, settings);

    public PilotSettings Settings { get; private set; }

    public bool IsFirstStart { get; private init; }

    public string SettingsFile => Path.Combine(_folder, "pilot.json");

    public string TrustFile => Path.Combine(_folder, "trust.json");

    public Uri ChainUrl => new($"http://127.0.0.1:{Settings.ChainPort}");

    public Uri IssuerUrl => new($"http://localhost:{Settings.IssuerPort}");

    public Uri VerifierUrl => new($"http://localhost:{Settings.VerifierPort}");

    public Uri WalletUrl => new($"http://localhost:{Settings.WalletPort}");

    /// <summary>The one accreditor that the pilot's verifiers trust.</summary>
    public TrustedAccreditor Ministry => InstitutionId.TryParse(Settings.MinistryInstitution, out InstitutionId id)
        ? new TrustedAccreditor(Trusted.Registry, id, Authorities.MinistryName)
        : throw new PilotException("The ministry of the sample world is not there yet.");

    public EthereumLedger Ledger { get; private set; } = null!;

    public TrustedChain Trusted { get; private set; } = null!;

    public static async Task<LocalPilot> StartAsync(string folder, bool freePorts, CancellationToken cancellationToken)
    {
        string file = Path.Combine(folder, "pilot.json");
        bool first = !File.Exists(file);
        var pilot = new LocalPilot(folder, PilotSettings.LoadOrCreate(file, freePorts)) { IsFirstStart = first };
        try
        {
            pilot.RefuseTakenPorts();
            await pilot.StartChainAsync(cancellationToken);
            await pilot.DeployAsync(cancellationToken);
            await pilot.StartHostsAsync(cancellationToken);
            return pilot;
        }
        catch
        {
            await pilot.DisposeAsync();
            throw;
        }
    }

    public void Remember(Func<PilotSettings, PilotSettings> change)
    {
        Settings = change(Settings);
        Settings.Save(SettingsFile);
    }

    /// <summary>Local test ether for an account, straight from the local chain.</summary>
    public Task FundAsync(string account, CancellationToken cancellationToken) => EthereumAddress.TryParse(account, out EthereumAddress address)
        ? _chain!.SetBalanceAsync(address, BigInteger.Pow(10, 20), cancellationToken)
        : throw new PilotException($"{account} is no account's address.");

    public async Task UnplugChainAsync()
    {
        await _chain!.DisposeAsync();
        _chain = null;
    }

    public async Task WaitForTroubleAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach ((string name, HostProcess? host) in new[] { ("issuer", _issuer), ("verifier page", _verifier), ("wallet", _wallet) })
            {
                if (host is { HasExited: true })
                {
                    throw new PilotException($"The {name} stopped by itself. Its last words:\n{host.Tail}");
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The chain last: the issuer may still be writing to it.
        await DisposeAsync(_wallet);
        await DisposeAsync(_verifier);
        await DisposeAsync(_issuer);
        await DisposeAsync(_chain);

        static ValueTask DisposeAsync(IAsyncDisposable? part) => part?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private void RefuseTakenPorts()
    {
        foreach ((string what, int port) in new[] { ("chain", Settings.ChainPort), ("issuer", Settings.IssuerPort), ("verifier page", Settings.VerifierPort), ("wallet", Settings.WalletPort) })
        {
            if (!PilotSettings.IsFree(port))
            {
                throw new PilotException($"Port {port}, which this pilot uses for its {what}, is taken. Is another pilot running? Stop it, or start one elsewhere with PILOT_FOLDER=another-folder.");
            }
        }
    }

    private async Task StartChainAsync(CancellationToken cancellationToken)
    {
        (string? binary, string hint) = AnvilProcess.FindBinary(Checkout.Root);
        Directory.CreateDirectory(Path.Combine(_folder, "chain"));
        _chain = await AnvilProcess.StartAsync(
            new AnvilOptions(binary ?? throw new PilotException(hint), Settings.ChainId)
            {
                Port = Settings.ChainPort,
                StateFile = Path.Combine(_folder, "chain", "state.json"),
            },
            cancellationToken);
        Ledger = new EthereumLedger(ChainUrl);
        ChainMarks marks = await Ledger.GetMarksAsync(null, cancellationToken);
        if (Settings.GenesisHash is { } known && known != marks.GenesisHash.ToString())
        {
            throw new PilotException($"The chain's state is not the one that this pilot began with (genesis {marks.GenesisHash}, was {known}). Delete {_folder} to start afresh.");
        }

        Remember(settings => settings with { GenesisHash = marks.GenesisHash.ToString() });
    }

    private async Task DeployAsync(CancellationToken cancellationToken)
    {
        using var deployer = ChainAccount.FromPrivateKey(Convert.FromHexString(Settings.DeployerKey));
        await FundAsync(deployer.Address.ToString(), cancellationToken);
        Trusted = await new RegistryDeployer(Ledger, TimeProvider.System).DeployAsync(deployer, cancellationToken);
    }

    private Task WriteTrustAsync(CancellationToken cancellationToken) => File.WriteAllTextAsync(TrustFile, JsonSerializer.Serialize(new
    {
        chains = new[] { new { rpcUrl = ChainUrl, chainId = Settings.ChainId, genesisHash = Settings.GenesisHash, contract = Trusted.Contract.ToString(), codeHash = Trusted.CodeHash.ToString() } },
        accreditors = new[] { new { registry = Ministry.Registry.ToString(), institution = Ministry.Institution.ToString(), name = Ministry.Name } },
        allowPrivateAddresses = true,
    }), cancellationToken);

    private async Task OpenAuthoritiesAsync(CancellationToken cancellationToken)
    {
        await _issuer!.WaitUntilHealthyAsync("issuer", new Uri(IssuerUrl, "/health/live"), cancellationToken);
        using var authorities = new Authorities(this);
        await authorities.OpenAsync(cancellationToken);
    }

    private async Task StartHostsAsync(CancellationToken cancellationToken)
    {
        var chain = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RpcUrl"] = ChainUrl.ToString(),
            ["ChainId"] = Settings.ChainId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["GenesisHash"] = Settings.GenesisHash!,
            ["Contract"] = Trusted.Contract.ToString(),
        };
        var issuer = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = IssuerUrl.ToString(),
            ["Issuer:PublicBaseUrl"] = IssuerUrl.ToString().TrimEnd('/'),
            ["Issuer:VerifierBaseUrl"] = VerifierUrl.ToString().TrimEnd('/'),
            ["Issuer:WalletBaseUrl"] = WalletUrl.ToString().TrimEnd('/'),
            ["Issuer:DataFolder"] = Path.Combine(_folder, "issuer"),
            ["Issuer:AdministratorKey"] = Settings.AdministratorKey,
            ["Issuer:KeyRing:Passphrase"] = Settings.KeyRingPassphrase,
            ["Anchoring:MaxBatchAge"] = "00:00:02",
        };
        var verifier = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = VerifierUrl.ToString(),
            ["Verifier:Name"] = "Local pilot",
            ["Verifier:PublicBaseUrl"] = VerifierUrl.ToString().TrimEnd('/'),
            ["Verifier:WalletBaseUrl"] = WalletUrl.ToString().TrimEnd('/'),
            ["Verifier:AllowPrivateAddresses"] = "true",
        };
        var wallet = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = WalletUrl.ToString(),
            ["Wallet:PublicBaseUrl"] = WalletUrl.ToString().TrimEnd('/'),
            ["Wallet:VerifierUrl"] = VerifierUrl.ToString().TrimEnd('/'),
        };
        foreach ((string key, string value) in chain)
        {
            issuer["Chain:" + key] = value;
            verifier["Verifier:Chains:0:" + key] = value;
        }

        Directory.CreateDirectory(Path.Combine(_folder, "issuer"));
        _issuer = HostProcess.Start("Credentials.IssuerApi", issuer, Path.Combine(_folder, "issuer.log"));
        _wallet = HostProcess.Start("Credentials.WalletWeb", wallet, Path.Combine(_folder, "wallet.log"));
        if (Settings.MinistryInstitution is null)
        {
            // At the first start the page has to wait: whom it trusts is about to be founded.
            await OpenAuthoritiesAsync(cancellationToken);
        }

        verifier["Verifier:Accreditors:0:Registry"] = Ministry.Registry.ToString();
        verifier["Verifier:Accreditors:0:Institution"] = Ministry.Institution.ToString();
        verifier["Verifier:Accreditors:0:Name"] = Ministry.Name;
        _verifier = HostProcess.Start("Credentials.VerifierWeb", verifier, Path.Combine(_folder, "verifier.log"));
        await WriteTrustAsync(cancellationToken);
        await _issuer.WaitUntilHealthyAsync("issuer", new Uri(IssuerUrl, "/health/live"), cancellationToken);
        await _verifier.WaitUntilHealthyAsync("verifier page", new Uri(VerifierUrl, "/health/live"), cancellationToken);
        await _wallet.WaitUntilHealthyAsync("wallet", new Uri(WalletUrl, "/health/live"), cancellationToken);
    }
}
