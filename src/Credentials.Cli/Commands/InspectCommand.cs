using Credentials.Cli.Input;
using Credentials.Cli.Output;
using Credentials.DataModel;

namespace Credentials.Cli.Commands;

/// <summary><c>credentials inspect FILE|-</c></summary>
internal static class InspectCommand
{
    public static Command Row { get; } = new("inspect", "FILE|-", "Show what a credential says, without verifying any of it", RunAsync)
    {
        Notes = ["Touches no network. Shows issuer, dates, proofs, receipts, status entries; names every fault of a malformed document.", "", "Exit codes: 0 shown, 2 cannot be read, 3 used wrongly."],
    };

    private static async Task<int> RunAsync(Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        GivenDocument given = await GivenDocument.ReadAsync(arguments.Operands[0], around, fetcher: null, cancellationToken);
        Paint paint = new(around.Colour);
        Parsed<VerifiableCredential> credential = VerifiableCredential.Parse(given.Utf8);
        if (!credential.Ok)
        {
            await around.Out.WriteLineAsync(paint.Open("This cannot be read as a credential:"));
            foreach (Problem problem in VerifiableCredential.Validate(given.Utf8))
            {
                await around.Out.WriteLineAsync(ProblemLine.Of(problem));
            }

            return ExitCode.CannotTell;
        }

        await around.Out.WriteLineAsync(paint.Open("NOT VERIFIED: these are the document's own words. To verify: credentials verify FILE\n"));
        foreach ((string name, string value) in CredentialFacts.Of(credential.Value))
        {
            await around.Out.WriteLineAsync($"{name,-14} {value}");
        }

        return ExitCode.Verified;
    }
}
