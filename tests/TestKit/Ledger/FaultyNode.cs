using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Credentials.TestKit.Ledger;

/// <summary>A raw HTTP server on loopback that answers as badly as a test wants: the answer is bytes, so that nothing mends it on the way.</summary>
public sealed class FaultyNode : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, FaultyAnswer> _answer;
    private readonly Task _serving;
    private int _requests;

    private FaultyNode(Func<string, FaultyAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>How often it was asked.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>The head of the last request, as it came.</summary>
    public string LastHead { get; private set; } = "";

    /// <summary>Starts a node.</summary>
    /// <param name="answer">From the body of a request.</param>
    public static FaultyNode Start(Func<string, FaultyAnswer> answer) => new(answer);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = AnswerAsync(client);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using TcpClient connection = client;
        try
        {
            NetworkStream stream = connection.GetStream();
            string body = await ReadAsync(stream);
            Interlocked.Increment(ref _requests);
            FaultyAnswer answer = _answer(body);
            if (answer.Resets)
            {
                connection.Client.LingerState = new LingerOption(enable: true, 0);
                return;
            }

            await Task.Delay(answer.Delay, _stop.Token);
            foreach (byte[] piece in answer.Bytes.Chunk(answer.PieceSize))
            {
                await stream.WriteAsync(piece, _stop.Token);
                await Task.Delay(answer.PieceDelay, _stop.Token);
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or SocketException)
        {
            // The client gave up, or the test is over.
        }
    }

    private async Task<string> ReadAsync(NetworkStream stream)
    {
        byte[] buffer = new byte[64 * 1024];
        StringBuilder text = new();
        int head = -1;
        int length = 0;
        while (head < 0 || text.Length < head + length)
        {
            int read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
            {
                break;
            }

            text.Append(System.Text.Encoding.Latin1.GetString(buffer, 0, read));
            if (head < 0 && text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and int end)
            {
                head = end + 4;
                LastHead = text.ToString(0, end);
                string? line = LastHead.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                length = int.Parse(line?["Content-Length:".Length..] ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return text.ToString(head, text.Length - head);
    }
}
