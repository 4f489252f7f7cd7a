using Credentials.Pilot;
using Credentials.Pilot.Interop;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.Cancel();
});

try
{
    return args switch
    {
        ["run"] => await PilotRun.ServeAsync(stop.Token),
        ["demo"] => await PilotDemo.TellAsync(stop.Token),
        ["interop"] => await InteropRun.ServeAsync(stop.Token),
        _ => Usage(args is ["--help"] or ["-h"] or ["help"] ? 0 : 3),
    };
}
catch (PilotException fault)
{
    await Console.Error.WriteLineAsync($"\n{fault.Message}");
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}

static int Usage(int code)
{
    Console.WriteLine("""
        Pilot run      start chain, issuer and verifier page; issue a diploma; serve until Ctrl-C (data in .local/run)
        Pilot demo     one pass in an empty folder, told as a story; exit code 0 only if all of it happened
        Pilot interop  issuer and verifier for interoperability suites behind one origin, described at /.well-known/vc-interop.json

        Environment: PILOT_FOLDER        where the data is kept
                     PILOT_ISSUER_PORT   7101, PILOT_VERIFIER_PORT 7102, PILOT_CHAIN_PORT 7145 at the first start of run
                     INTEROP_PORT        7100
                     INTEROP_PUBLIC_URL  where interop is reached, if something stands before it: http://localhost:7100
        """);
    return code;
}
