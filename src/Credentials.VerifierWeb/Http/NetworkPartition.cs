using System.Net;
using System.Net.Sockets;

namespace Credentials.VerifierWeb.Http;

/// <summary>What counts as one caller where callers are limited: an IPv4 address, or the 64 bits of an IPv6 address that one line is given as a whole.</summary>
internal static class NetworkPartition
{
    private const int PrefixBytes = 8;

    /// <summary>The caller; empty where no address is known.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return (address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address)?.ToString() ?? "";
        }

        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(PrefixBytes).Clear();
        return new IPAddress(bytes) + "/64";
    }
}
