using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;

namespace Credentials.Pilot;

/// <summary>What the first start decided and every later start keeps: ports, chain, secrets. A file that only its owner can read.</summary>
internal sealed record PilotSettings
{
    public required ulong ChainId { get; init; }

    public required int ChainPort { get; init; }

    public required int IssuerPort { get; init; }

    public required int VerifierPort { get; init; }

    /// <summary>0 in the file of a pilot that began before there was a wallet.</summary>
    public int WalletPort { get; init; }

    public required string DeployerKey { get; init; }

    public required string AdministratorKey { get; init; }

    public required string KeyRingPassphrase { get; init; }

    public string? GenesisHash { get; init; }

    public string? ChainAccount { get; init; }

    public string? RegistrarKey { get; init; }

    public string? Did { get; init; }

    /// <summary>The ministry's id in the registry: whom the pilot's verifiers trust.</summary>
    public string? MinistryInstitution { get; init; }

    public string? CredentialId { get; init; }

    private static JsonSerializerOptions Format { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static PilotSettings LoadOrCreate(string file, bool freePorts)
    {
        if (File.Exists(file))
        {
            try
            {
                PilotSettings known = JsonSerializer.Deserialize<PilotSettings>(File.ReadAllText(file), Format)!;
                return known.WalletPort != 0 ? known : known with { WalletPort = WalletPortFor(freePorts) };
            }
            catch (JsonException fault)
            {
                throw new PilotException($"{file} cannot be read ({fault.Message}). Restore it, or delete its folder to start afresh.", fault);
            }
        }

        using var deployer = Ethereum.ChainAccount.Generate();
        PilotSettings settings = new()
        {
            // A chain of one's own: an id that nobody else uses, accounts that nobody can guess.
            ChainId = (ulong)RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue),
            ChainPort = PortFor("PILOT_CHAIN_PORT", 7145, freePorts),
            IssuerPort = PortFor("PILOT_ISSUER_PORT", 7101, freePorts),
            VerifierPort = PortFor("PILOT_VERIFIER_PORT", 7102, freePorts),
            WalletPort = WalletPortFor(freePorts),
            DeployerKey = Convert.ToHexStringLower(deployer.ExportPrivateKey()),
            AdministratorKey = Secret(),
            KeyRingPassphrase = Secret(),
        };
        settings.Save(file);
        return settings;
    }

    public void Save(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string draft = file + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(stream, this, Format);
        }

        File.Move(draft, file, overwrite: true);
    }

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private static int WalletPortFor(bool free) => PortFor("PILOT_WALLET_PORT", 7103, free);

    private static int PortFor(string variable, int usual, bool free)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text)
        {
            return int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536
                ? port
                : throw new PilotException($"{variable}={text} is no port number.");
        }

        return free ? Free(0) : IsFree(usual) ? usual : Free(0);
    }

    public static bool IsFree(int port)
    {
        try
        {
            return Free(port) == port;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A port that nobody listens on at this moment.</summary>
    public static int FreePort() => Free(0);

    private static int Free(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
