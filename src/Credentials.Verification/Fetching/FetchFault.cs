using System.Net.Sockets;

namespace Credentials.Verification.Fetching;

/// <summary>What went wrong with a fetch, as a sentence without the words of the framework.</summary>
internal static class FetchFault
{
    /// <summary>The sentence for a request that failed before or within its body.</summary>
    public static string Say(HttpRequestException fault) => (fault.InnerException, fault.HttpRequestError) switch
    {
        (AddressRefusedException refused, _) => refused.Message,
        (_, HttpRequestError.NameResolutionError) => "host not found",
        (SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData }, _) => "host not found",
        (SocketException { SocketErrorCode: SocketError.ConnectionRefused }, _) => "connection refused",
        (_, HttpRequestError.ConnectionError) => "no connection",
        (_, HttpRequestError.SecureConnectionError) => "no secure connection: the host's certificate is not valid, or its encryption is too old",
        (_, HttpRequestError.ConfigurationLimitExceeded) => "the head of the answer is too large",
        _ => "the answer is broken",
    };
}
