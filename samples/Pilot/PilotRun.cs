using System.Diagnostics;
using System.Text.Json.Nodes;
using QRCoder;

namespace Credentials.Pilot;

/// <summary><c>make run</c>: the pilot, serving until Ctrl-C.</summary>
internal static class PilotRun
{
    public static async Task<int> ServeAsync(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        string folder = Environment.GetEnvironmentVariable("PILOT_FOLDER") is { Length: > 0 } chosen ? Path.GetFullPath(chosen) : Path.Combine(Checkout.Root, ".local", "run");
        Console.WriteLine(Directory.Exists(folder) ? "Starting the pilot again ..." : "Starting the pilot for the first time ...");
        await using LocalPilot pilot = await LocalPilot.StartAsync(folder, freePorts: false, cancellationToken);
        using var university = new University(pilot);
        using var employer = new Employer(pilot);
        await university.OpenAsync(cancellationToken);
        if (pilot.Settings.CredentialId is null)
        {
            string issued = await university.IssueAsync("brazil", cancellationToken);
            pilot.Remember(settings => settings with { CredentialId = issued });
        }

        string id = pilot.Settings.CredentialId!;
        JsonNode state = await university.WaitUntilFinalAsync(id, now => Console.WriteLine($"  diploma: {now}"), cancellationToken);
        byte[] diploma = await university.DownloadAsync(id, "anchored", cancellationToken);
        string file = Path.Combine(folder, "diploma.json");
        await File.WriteAllBytesAsync(file, diploma, cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder, "diploma-qr.png"), await university.DownloadQrAsync(id, cancellationToken), cancellationToken);
        var result = await employer.VerifyAsync(diploma, cancellationToken);
        string link = (string?)state["links"]?["verify"] ?? throw new PilotException("The issuer told no link to verify the diploma by.");

        (string walletLink, string transactionCode) = await university.OfferAsync(id, cancellationToken);
        string cli = Path.GetRelativePath(Checkout.Root, Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Credentials.Cli", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "credentials")));

        Console.WriteLine();
        DrawQr(link);
        Console.WriteLine($"""

            Verdict: {Employer.Words(result.Verdict)}
            """);
        Employer.Print(result);
        Console.WriteLine($"""

            What is running
              Verifier page    {pilot.VerifierUrl}            open it and drop the diploma's file on it
              Scan or open     {link}
              Learner's wallet {pilot.WalletUrl}            put the diploma into it: open the link below, code {transactionCode}
                               {walletLink}
              Ask a learner    {pilot.VerifierUrl}ask         an employer's question: show the code or the link to the wallet
              Issuer API       {pilot.IssuerUrl}            description: {pilot.IssuerUrl}openapi/v1.json
              Local chain      {pilot.ChainUrl}  chain id {pilot.Settings.ChainId}; the issuer's word: {await university.AskAboutChainAsync(cancellationToken)}
              Registry         {pilot.Trusted.Contract}

            The sample university
              DID              {pilot.Settings.Did}
              Accredited by    {Authorities.AgencyName}, that by {Authorities.MinistryName} (whom page and trust file trust)
              Registrar's key  {pilot.Settings.RegistrarKey}
              Diploma          {file}
              QR code          {Path.Combine(folder, "diploma-qr.png")}

            Try
              curl -s -H "Authorization: Bearer {pilot.Settings.RegistrarKey}" {pilot.IssuerUrl}credentials/{id}/state
              {cli} verify {Path.GetRelativePath(Checkout.Root, file)} --trust {Path.GetRelativePath(Checkout.Root, pilot.TrustFile)}
              {cli} bundle {Path.GetRelativePath(Checkout.Root, file)} --trust {Path.GetRelativePath(Checkout.Root, pilot.TrustFile)} --out diploma.bundle.json
                               all evidence in one file, for the day when issuer and chain are gone

            Ready in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s. Everything is kept in {folder}; delete it to start afresh.
            Ctrl-C stops.
            """);
        if (result.Verdict != Verification.Verdict.Verified)
        {
            throw new PilotException("The sample diploma did not verify: that is a fault of ours, and the checks above say where.");
        }

        await pilot.WaitForTroubleAsync(cancellationToken);
        Console.WriteLine("\nStopping ...");
        return 0;
    }

    private static void DrawQr(string text)
    {
        using QRCodeData data = new QRCodeGenerator().CreateQrCode(text, QRCodeGenerator.ECCLevel.L);
        using var code = new AsciiQRCode(data);
        Console.WriteLine(code.GetGraphicSmall(drawQuietZones: true, invert: false));
    }
}
