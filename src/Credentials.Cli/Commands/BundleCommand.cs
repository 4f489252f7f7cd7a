using Credentials.Anchoring;
using Credentials.Cli.Input;
using Credentials.Cli.Trust;
using Credentials.Ethereum;
using Credentials.Ethereum.Evidence;
using Credentials.Evidence;

namespace Credentials.Cli.Commands;

/// <summary><c>credentials bundle FILE|URL|-</c></summary>
internal static class BundleCommand
{
    public static Command Row { get; } = new("bundle", "FILE|URL|-", "Put a credential and all evidence for it into one file that verifies without a network", RunAsync)
    {
        Options =
        [
            new("--out", "FILE", "Where to; standard output if not given"),
            new("--witness", "URL", "An RFC 3161 time-stamp authority, to show when the block was seen"),
            new("--witness-key", "FILE", "The JWK of a witness, who signs having seen the block"),
            new("--receipts", "FILE", "A receipt, or a batch's receipt file, that came beside the credential"),
            new("--accreditation", "FILE", "Who vouches for the institution; otherwise as its DID document tells"),
            new("--trust", "FILE", "Whose chains are asked"),
        ],
        Notes =
        [
            "The node of the trust file must serve eth_getProof, and is asked at its finalized block.",
            "Without a witness the bundle verifies offline only for those to whom that block is a checkpoint.",
            "A time-stamp authority tells when; whoever verifies must trust it to stamp no forged block, or take a signature instead.",
        ],
    };

    private static async Task<int> RunAsync(Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        TrustFile trust = TrustFile.Find(arguments["--trust"], around);
        TrustedOutside outside = new(trust, around);
        using HttpClient http = around.Http();
        var witness = Witnesses.Of(arguments["--witness"], arguments["--witness-key"], around, http);
        GivenDocument given = await GivenDocument.ReadAsync(arguments.Operands[0], around, outside.Fetcher, cancellationToken);
        if (given.Fault is { } fault)
        {
            return await FailAsync(around, fault);
        }

        Parsed<BundleSubject> subject = BundleSubject.Read(given.Utf8);
        if (!subject.Ok)
        {
            return await FailAsync(around, $"This is no credential that evidence can be collected for: {subject.Problem.Detail}");
        }

        if (trust.Chains.FirstOrDefault(chain => subject.Value.EntryOf(chain.Chain.Registry) is not null) is not { Chain: { } chain, Nodes: [var node, ..] })
        {
            return await FailAsync(around, subject.Value.Credential.RegistryEntries is [var named, ..]
                ? $"The credential names the registry {named.Registry}, which is not among the chains of the trust file."
                : "The credential names no registry: no chain holds evidence of it.");
        }

        IReadOnlyList<AnchorReceipt> receipts = arguments["--receipts"] is { } file ? GivenReceipts.Read(file, given.Utf8) : [];
        var supplies = new EvidenceSupplies(outside, around);
        AccreditationPath? path = await supplies.PathAsync(arguments["--accreditation"], subject.Value, cancellationToken);
        IReadOnlyList<BundledStatusList> lists = await supplies.ListsAsync(subject.Value, cancellationToken);
        await around.Error.WriteLineAsync($"credentials: asking {node.Host} for proofs.");
        var collector = new BundleCollector(chain, around.Ledger(node)) { Witness = witness };
        Parsed<EvidenceBundle> bundle = await collector.CollectAsync(subject.Value, new(receipts, path, lists), BlockTag.Finalized, cancellationToken);
        return bundle.Ok ? await WriteAsync(arguments["--out"], bundle.Value, around, cancellationToken) : await FailAsync(around, bundle.Problem.Detail);
    }

    internal static async Task<int> WriteAsync(string? path, EvidenceBundle bundle, Surroundings around, CancellationToken cancellationToken)
    {
        byte[] text = bundle.ToUtf8();
        if (path is null)
        {
            await around.Out.WriteLineAsync(System.Text.Encoding.UTF8.GetString(text));
            return ExitCode.Verified;
        }

        try
        {
            await File.WriteAllBytesAsync(path, text, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"{path} cannot be written: {e.Message}");
        }

        string witnesses = bundle.Chain!.Witnesses.Count == 0 ? "no witness" : "a witness";
        await around.Error.WriteLineAsync($"credentials: {path} has {bundle.Chain.StorageProofs.Count} proofs, {bundle.StatusLists.Count} status lists, {witnesses}.");
        return ExitCode.Verified;
    }

    internal static async Task<int> FailAsync(Surroundings around, string detail)
    {
        await around.Error.WriteLineAsync($"credentials: {detail}");
        return ExitCode.CannotTell;
    }
}
