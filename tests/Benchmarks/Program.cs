using Credentials.Benchmarks;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine("""
        Measures speed on one thread and prints one JSON line a figure.

        usage: Benchmarks [--quick] [--filter TEXT]
          --filter TEXT   only figures whose name contains TEXT
          --quick         a tenth of the time, rougher figures

        name, unit, median   the figure; us are microseconds of one operation
        cpu                  the same in processor time, which a busy machine hardly disturbs; aims are judged by it
        n                    operations measured
        bytes                allocated by one operation
        raw, rawCpu          the median of the bare signature operation, measured in turn with it
        ofRaw                the rate as a share of the raw rate
        aim, met             what it should be
        """);
    return 0;
}

int filter = Array.IndexOf(args, "--filter");
if (args.Except(["--quick", "--filter"]).Any(arg => filter < 0 || arg != args.ElementAtOrDefault(filter + 1)))
{
    Console.Error.WriteLine("usage: Benchmarks [--quick] [--filter TEXT]");
    return 3;
}

var stage = new Stage(args.Contains("--quick"), filter < 0 ? "" : args.ElementAtOrDefault(filter + 1) ?? "");
await DataIntegrityFigures.RunAsync(stage);
await EnvelopeFigures.RunAsync(stage);
await RdfFigures.RunAsync(stage);
MerkleFigures.Run(stage);
JsonLdFigures.Run(stage);
await VerificationFigures.RunAsync(stage);
await StateProofFigures.RunAsync(stage);
await EvidenceFigures.RunAsync(stage);
return 0;
