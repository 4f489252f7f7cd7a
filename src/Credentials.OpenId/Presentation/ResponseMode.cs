namespace Credentials.OpenId.Presentation;

/// <summary>The ways in which a wallet answers.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-response-mode-direct_post</remarks>
public static class ResponseMode
{
    /// <summary>A form posted to <c>response_uri</c>.</summary>
    public const string DirectPost = "direct_post";

    /// <summary>The same, with the response in one encrypted JWT.</summary>
    public const string DirectPostJwt = "direct_post.jwt";

    /// <summary>Through the browser's Digital Credentials API.</summary>
    public const string DcApi = "dc_api";

    /// <summary>The same, encrypted.</summary>
    public const string DcApiJwt = "dc_api.jwt";

    /// <summary>Whether the response is encrypted.</summary>
    public static bool IsEncrypted(string mode) => mode is DirectPostJwt or DcApiJwt;

    /// <summary>Whether the response is posted to the verifier.</summary>
    public static bool IsDirectPost(string mode) => mode is DirectPost or DirectPostJwt;

    /// <summary>Whether the response goes through the browser.</summary>
    public static bool IsDcApi(string mode) => mode is DcApi or DcApiJwt;
}
