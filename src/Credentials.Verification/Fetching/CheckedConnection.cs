using System.Net;
using System.Net.Sockets;

namespace Credentials.Verification.Fetching;

/// <summary>Opens the connections of the fetcher, and checks each address at the last moment: what was looked up is what is connected to, so that a name which changes its mind (DNS rebinding) gains nothing.</summary>
internal sealed class CheckedConnection(bool allowPrivateAddresses, Network network)
{
    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="AddressRefusedException">No address of the host may be connected to.</exception>
    /// <exception cref="SocketException">No such host, or no answer at any address that may be connected to.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        string host = context.DnsEndPoint.Host;
        bool plain = context.InitialRequestMessage.RequestUri?.Scheme != Uri.UriSchemeHttps;
        IPAddress[] addresses = await network.ResolveAsync(host, cancellationToken).ConfigureAwait(false);
        SocketException? last = null;
        AddressRefusedException? refused = null;
        foreach (IPAddress address in addresses)
        {
            if (Refuse(address, plain) is { } reason)
            {
                refused ??= new AddressRefusedException(reason);
                continue;
            }

            try
            {
                return await network.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException fault)
            {
                last = fault;
            }
        }

        throw last ?? (Exception?)refused ?? new SocketException((int)SocketError.HostNotFound);
    }

    private string? Refuse(IPAddress address, bool plain) => AddressSpace.IsPublic(address)
        ? plain ? "plain http to a public address was refused" : null
        : allowPrivateAddresses && AddressSpace.IsHost(address) ? null : $"the address {address} is not a public one, and was refused";
}

/// <summary>The two calls that reach the operating system's network, so that tests can place hosts at addresses of their choice.</summary>
internal sealed record Network(
    Func<string, CancellationToken, Task<IPAddress[]>> ResolveAsync,
    Func<IPEndPoint, CancellationToken, Task<Stream>> ConnectAsync)
{
    /// <summary>The operating system's own.</summary>
    public static Network System { get; } = new(Dns.GetHostAddressesAsync, ConnectSocketAsync);

    /// <summary>Connects a TCP socket.</summary>
    public static async Task<Stream> ConnectSocketAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>An address was refused; the message is the sentence to show.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message);
