using Credentials.Anchoring;
using Credentials.Cli.Input;
using Credentials.Cli.Trust;
using Credentials.Ethereum;
using Credentials.Ethereum.Evidence;
using Credentials.Evidence;

namespace Credentials.Cli.Commands;

/// <summary><c>credentials migrate BUNDLE...</c></summary>
internal static class MigrateCommand
{
    public static Command Row { get; } = new("migrate", "BUNDLE...", "Anchor the evidence of bundles on another chain, so that the old one may go", RunAsync)
    {
        Count = (1, 100_000),
        Options =
        [
            new("--to", "REGISTRY", "The registry to migrate to (eip155:CHAIN:0xCONTRACT), one of the trust file's chains") { Required = true },
            new("--institution", "ID", "The issuer's institution there, 0x and 64 hexadecimal digits") { Required = true },
            new("--account-key", "FILE", "The private key of one of its operators, hexadecimal; without one the root must have been anchored already"),
            new("--out-folder", "FOLDER", "Where the migrated bundles go, under the same names") { Required = true },
            new("--accreditation", "FILE", "Who vouches for the institution there"),
            new("--witness", "URL", "An RFC 3161 time-stamp authority"),
            new("--witness-key", "FILE", "The JWK of a witness"),
            new("--trust", "FILE", "Whose chains are asked"),
        ],
        Notes = ["All bundles come under one root. Run it again with the same bundles in the same order when it was interrupted: nothing is anchored twice."],
    };

    private static async Task<int> RunAsync(Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        TrustFile trust = TrustFile.Find(arguments["--trust"], around);
        if (!RegistryAddress.TryParse(arguments["--to"], out RegistryAddress? registry) || trust.Chains.FirstOrDefault(one => one.Chain.Registry == registry) is not { Chain: { } chain, Nodes: [var node, ..] })
        {
            throw new MisuseException($"--to {arguments["--to"]} is none of the trust file's chains; it looks like eip155:1:0x... .");
        }

        InstitutionId institution = InstitutionId.TryParse(arguments["--institution"], out InstitutionId id) ? id : throw new MisuseException("--institution must be 0x and 64 hexadecimal digits.");
        List<(string Name, EvidenceBundle Bundle)> bundles = await ReadAsync(arguments.Operands, around, cancellationToken);
        AnchorDigest[] leaves = [.. bundles.Select(one => EarlierEvidence.LeafOf(one.Bundle)!.Value)];
        var batch = new AnchorBatch(leaves, registry, institution, null);
        ILedger ledger = around.Ledger(node);
        if (arguments["--account-key"] is { } keyFile && await new MigrationAnchor(chain, ledger, around).AnchorAsync(keyFile, batch, cancellationToken) is { } fault)
        {
            return await BundleCommand.FailAsync(around, fault);
        }

        AccreditationPath? path = await EvidenceSupplies.PathInAsync(arguments["--accreditation"], cancellationToken);
        using HttpClient http = around.Http();
        var collector = new BundleCollector(chain, ledger) { Witness = Witnesses.Of(arguments["--witness"], arguments["--witness-key"], around, http) };
        Directory.CreateDirectory(arguments["--out-folder"]!);
        for (int i = 0; i < bundles.Count; i++)
        {
            Parsed<EvidenceBundle> migrated = await collector.MigrateAsync(bundles[i].Bundle, batch.ReceiptOf(leaves[i])!, path, cancellationToken);
            if (!migrated.Ok)
            {
                return await BundleCommand.FailAsync(around, $"{bundles[i].Name}: {migrated.Problem.Detail}");
            }

            await BundleCommand.WriteAsync(Path.Combine(arguments["--out-folder"]!, Path.GetFileName(bundles[i].Name)), migrated.Value, around, cancellationToken);
        }

        return ExitCode.Verified;
    }

    private static async Task<List<(string Name, EvidenceBundle Bundle)>> ReadAsync(IReadOnlyList<string> names, Surroundings around, CancellationToken cancellationToken)
    {
        var bundles = new List<(string, EvidenceBundle)>(names.Count);
        foreach (string name in names)
        {
            Parsed<EvidenceBundle> bundle = EvidenceBundle.Parse((await GivenDocument.ReadAsync(name, around, fetcher: null, cancellationToken)).Utf8);
            bundles.Add(bundle.Ok && EarlierEvidence.LeafOf(bundle.Value) is not null
                ? (name, bundle.Value)
                : throw new MisuseException($"{name} is no bundle with evidence of a chain. {bundle.Problem?.Detail}"));
        }

        return bundles;
    }
}
