using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Credentials.IssuerApi.Configuration;

/// <summary>A list of IP addresses and networks (<c>10.0.0.7</c>, <c>10.0.0.0/24</c>, <c>2001:db8::/32</c>).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NetworkAddressesAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is not IEnumerable<string> entries || entries.All(entry => Read(entry) is not null);

    /// <summary>The network of an entry, a single address being one of its own; null when it is neither.</summary>
    public static IPNetwork? Read(string entry) =>
        IPNetwork.TryParse(entry, out IPNetwork network) ? network
        : IPAddress.TryParse(entry, out IPAddress? address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
