using System.Net;
using System.Net.Sockets;

namespace Credentials.Verification.Fetching;

/// <summary>Which addresses belong to hosts on the public internet.</summary>
/// <remarks>
/// https://www.iana.org/assignments/iana-ipv4-special-registry and https://www.iana.org/assignments/iana-ipv6-special-registry.
/// IPv6 forms that carry an IPv4 address (mapped, 6to4, NAT64, Teredo) are not public: they would be a way round the IPv4 rows.
/// </remarks>
internal static class AddressSpace
{
    private static readonly IPNetwork[] NotPublic4 =
    [
        IPNetwork.Parse("0.0.0.0/8"),        // this network
        IPNetwork.Parse("10.0.0.0/8"),       // private
        IPNetwork.Parse("100.64.0.0/10"),    // carrier-grade NAT
        IPNetwork.Parse("127.0.0.0/8"),      // loopback
        IPNetwork.Parse("169.254.0.0/16"),   // link-local, cloud metadata
        IPNetwork.Parse("172.16.0.0/12"),    // private
        IPNetwork.Parse("192.0.0.0/24"),     // protocol assignments
        IPNetwork.Parse("192.0.2.0/24"),     // documentation
        IPNetwork.Parse("192.88.99.0/24"),   // 6to4 relays
        IPNetwork.Parse("192.168.0.0/16"),   // private
        IPNetwork.Parse("198.18.0.0/15"),    // benchmarks
        IPNetwork.Parse("198.51.100.0/24"),  // documentation
        IPNetwork.Parse("203.0.113.0/24"),   // documentation
        IPNetwork.Parse("224.0.0.0/4"),      // multicast
        IPNetwork.Parse("240.0.0.0/4"),      // reserved, broadcast
    ];

    private static readonly IPNetwork GlobalUnicast6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotPublic6 =
    [
        IPNetwork.Parse("2001::/23"),        // protocol assignments, Teredo among them
        IPNetwork.Parse("2001:db8::/32"),    // documentation
        IPNetwork.Parse("2002::/16"),        // 6to4
        IPNetwork.Parse("3fff::/20"),        // documentation
    ];

    /// <summary>Whether an ordinary host of the internet may have this address.</summary>
    public static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Array.Exists(NotPublic4, network => network.Contains(address)),

        // Mapped ones first: IPNetwork.Contains unmaps them and compares four bytes with sixteen.
        AddressFamily.InterNetworkV6 => !address.IsIPv4MappedToIPv6 && GlobalUnicast6.Contains(address) && !Array.Exists(NotPublic6, network => network.Contains(address)),
        _ => false,
    };

    /// <summary>Whether the address means one host at all: neither multicast nor broadcast nor unspecified.</summary>
    public static bool IsHost(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? !plain.IsIPv6Multicast && !plain.Equals(IPAddress.IPv6Any)
            : !IPNetwork.Parse("0.0.0.0/8").Contains(plain) && !IPNetwork.Parse("224.0.0.0/3").Contains(plain);
    }
}
