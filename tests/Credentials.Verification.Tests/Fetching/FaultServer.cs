using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Credentials.Verification.Tests.Fetching;

/// <summary>One answer, byte by byte: what goes down the wire after a request has come up.</summary>
internal delegate Task Answer(Stream wire, CancellationToken cancellationToken);

/// <summary>A web server made of a raw socket, so that it can misbehave in ways that no server library allows.</summary>
internal sealed class FaultServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    [SuppressMessage("Reliability", "CA2213", Justification = "Has no timer and no link: nothing to dispose of, and it is asked after the end.")]
    private readonly CancellationTokenSource _stopped = new();
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;

    public FaultServer(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public ConcurrentDictionary<string, Answer> Routes { get; } = new(StringComparer.Ordinal);

    /// <summary>The heads of the requests that came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Url(string path) => new($"http://127.0.0.1:{Port}{path}");

    public async ValueTask DisposeAsync()
    {
        if (_stopped.IsCancellationRequested)
        {
            return;
        }

        await _stopped.CancelAsync();
        await _accepting;
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_stopped.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await using Stream wire = await OpenAsync(new NetworkStream(socket, ownsSocket: true));
            string head = await ReadHeadAsync(wire);
            Requests.Enqueue(head);
            string path = head.Split(' ') is [_, var target, ..] ? target : "";
            await Routes.GetValueOrDefault(path, Answers.Status(404))(wire, _stopped.Token);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // The client went away, as some tests want it to.
        }
    }

    private async Task<Stream> OpenAsync(NetworkStream plain)
    {
        if (_certificate is null)
        {
            return plain;
        }

        var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stopped.Token);
        return tls;
    }

    private async Task<string> ReadHeadAsync(Stream wire)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await wire.ReadAsync(one, _stopped.Token) == 1)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
