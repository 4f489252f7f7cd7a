namespace Credentials.OpenId.Wallet;

/// <summary>What a party answered, whatever its status.</summary>
/// <param name="Status">HTTP status; never a redirect.</param>
/// <param name="MediaType">Without parameters, lower case; null when none was said.</param>
/// <param name="Body">The whole body.</param>
internal sealed record WalletAnswer(int Status, string? MediaType, byte[] Body)
{
    /// <summary>The <c>DPoP-Nonce</c> header.</summary>
    public string? DpopNonce { get; init; }

    /// <summary>The <c>WWW-Authenticate</c> headers.</summary>
    public string Challenge { get; init; } = "";

    public bool Succeeded => Status is >= 200 and < 300;

    public bool IsJson => MediaType is "application/json" || MediaType?.EndsWith("+json", StringComparison.Ordinal) == true;
}
