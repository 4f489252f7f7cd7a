using Credentials.Cli.Doctor;
using Credentials.Cli.Output;
using Credentials.Cli.Trust;
using Credentials.DataModel;
using Credentials.Ethereum;
using Credentials.Keys;

namespace Credentials.Cli.Commands;

/// <summary><c>credentials doctor</c></summary>
internal static class DoctorCommand
{
    public static Command Row { get; } = new("doctor", "", "Examine what verifying and issuing lean on, and say how to mend what is wrong", RunAsync)
    {
        Count = (0, 0),
        Options =
        [
            new("--trust", "FILE", "What is trusted: its chains and DID documents are examined"),
            new("--issuer", "URL", "A running issuer: its health, as it tells it"),
            new("--issuer-data", "FOLDER", "An issuer's data folder: database, key ring, permissions, room"),
        ],
        Notes = ["Exit codes: 0 all is well, 1 something is to be mended, 3 used wrongly."],
    };

    private static async Task<int> RunAsync(Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        TrustFile trust = TrustFile.Find(arguments["--trust"], around);
        TrustedOutside outside = new(trust, around);
        List<Finding> findings = [Trust(trust), Algorithms()];
        foreach (TrustedNodes trusted in trust.Chains)
        {
            ILedger[] ledgers = [.. trusted.Nodes.Select(around.Ledger.Invoke)];
            foreach (ILedger ledger in ledgers)
            {
                findings.AddRange(await ChainExam.RunAsync(trusted.Chain, ledger, around.Clock, cancellationToken));
            }

            findings.AddRange(await ProofExam.RunAsync(trusted, ledgers, around.Clock, cancellationToken));
        }

        foreach (string place in trust.DidDocuments)
        {
            findings.AddRange(await DidExam.RunAsync(place, outside, cancellationToken));
        }

        if (arguments["--issuer"] is { } issuer)
        {
            findings.AddRange(await IssuerExam.RunAsync(issuer, outside, cancellationToken));
        }

        if (arguments["--issuer-data"] is { } folder)
        {
            findings.AddRange(IssuerDataExam.Run(folder));
        }

        return await TellAsync(findings, around);
    }

    private static Finding Trust(TrustFile trust) => trust switch
    {
        { Path: null } => Finding.Bad("trust", "there is no trust file, so no chain is known and no anchor can be told", $"Write one ({TrustFile.Variable}, --trust, or ~/.config/credentials/trust.json); its form: credentials help verify."),
        { Chains.Count: 0 } => Finding.Bad("trust", $"{trust.Path} names no chain, so no anchor can be told", "Add one to \"chains\"; its form: credentials help verify."),
        _ => Finding.Good("trust", $"{trust.Path}: {trust.Chains.Count} chain(s), {trust.DidDocuments.Count} pinned DID document(s)"),
    };

    private static Finding Algorithms()
    {
        KeyType[] missing = [.. Enum.GetValues<KeyType>().Where(type => !PublicKey.IsSupported(type))];
        return missing.Length == 0
            ? Finding.Good("algorithms", "this computer checks every kind of key")
            : Finding.Bad("algorithms", $"this computer cannot check {string.Join(", ", missing)}", "Install OpenSSL 3 (libcrypto.so.3).");
    }

    private static async Task<int> TellAsync(List<Finding> findings, Surroundings around)
    {
        Paint paint = new(around.Colour);
        foreach (Finding finding in findings)
        {
            await around.Out.WriteLineAsync($"{(finding.Well ? paint.Good("✔") : paint.Bad("✘"))} {DisplayText.Of(finding.Subject)}: {DisplayText.Of(finding.Sentence)}");
            if (finding.Mend is { } mend)
            {
                await around.Out.WriteLineAsync($"  → {mend}");
            }
        }

        int faults = findings.Count(finding => !finding.Well);
        await around.Out.WriteLineAsync(faults == 0 ? paint.Good("\nAll is well.") : paint.Bad($"\n{faults} to be mended."));
        return faults == 0 ? ExitCode.Verified : ExitCode.Rejected;
    }
}
