using Credentials.Cli;

Console.OutputEncoding = System.Text.Encoding.UTF8;
using CancellationTokenSource interrupted = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    interrupted.Cancel();
};
return await CommandLine.RunAsync(args, Surroundings.OfThisProcess(), interrupted.Token);
