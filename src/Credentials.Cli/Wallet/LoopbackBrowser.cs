using System.Net;
using System.Net.Sockets;
using Credentials.DataModel;

namespace Credentials.Cli.Wallet;

/// <summary>The learner's own browser: told where to go, and listened for on this machine when the issuer sends it back.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc8252#section-7.3</remarks>
internal sealed class LoopbackBrowser : IDisposable
{
    private const int MaxRequestLine = 8 * 1024;
    private const string Path = "/callback";

    private static readonly TimeSpan s_readTimeout = TimeSpan.FromSeconds(10);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TextWriter _said;

    /// <summary>Begins to listen.</summary>
    /// <param name="said">Takes the sentence with the URL to open.</param>
    public LoopbackBrowser(TextWriter said)
    {
        _said = said;
        _listener.Start();
        RedirectUri = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}{Path}");
    }

    /// <summary>Where the issuer shall send the browser back to.</summary>
    public Uri RedirectUri { get; }

    /// <summary>Says where to go, and waits until somebody comes back.</summary>
    /// <returns>The URL with which they came.</returns>
    public async Task<Uri> VisitAsync(Uri page, CancellationToken cancellationToken)
    {
        await _said.WriteLineAsync($"Open this page and say who you are:\n\n  {DisplayText.Of(page.AbsoluteUri, MaxRequestLine)}\n");
        await _said.FlushAsync(cancellationToken);
        while (true)
        {
            using TcpClient visitor = await _listener.AcceptTcpClientAsync(cancellationToken);
            if (await ReceiveAsync(visitor, cancellationToken) is { } back)
            {
                return back;
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    // Null for anything but a visit to the one path: browsers ask for icons, too.
    private async Task<Uri?> ReceiveAsync(TcpClient visitor, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_readTimeout);
        try
        {
            using NetworkStream stream = visitor.GetStream();
            string target = await ReadTargetAsync(stream, patience.Token);
            bool expected = target.StartsWith(Path + "?", StringComparison.Ordinal) && Uri.TryCreate(RedirectUri, target, out _);
            await stream.WriteAsync(Answer(expected), patience.Token);
            return expected ? new Uri(RedirectUri, target) : null;
        }
        catch (Exception e) when (e is IOException or SocketException || e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    // "GET /callback?code=... HTTP/1.1": the second word of the first line.
    private static async Task<string> ReadTargetAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MaxRequestLine];
        int length = 0;
        while (length < buffer.Length && buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        string[] words = System.Text.Encoding.ASCII.GetString(buffer, 0, length).Split('\n')[0].Split(' ');
        return words is ["GET", var target, _] ? target : "";
    }

    private static byte[] Answer(bool expected)
    {
        string text = expected ? "You can close this page and go back to the terminal.\n" : "Nothing is here.\n";
        return System.Text.Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {(expected ? "200 OK" : "404 Not Found")}\r\nContent-Type: text/plain\r\nContent-Length: {text.Length}\r\nReferrer-Policy: no-referrer\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n{text}");
    }
}
