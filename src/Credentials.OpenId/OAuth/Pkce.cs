using System.Security.Cryptography;
using Credentials.Encoding;

namespace Credentials.OpenId.OAuth;

/// <summary>Proof Key for Code Exchange: whoever redeems a code shows that they asked for it. Only <c>S256</c>: <c>plain</c> protects nothing that is overheard.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7636</remarks>
public static class Pkce
{
    /// <summary>The method.</summary>
    public const string Method = "S256";

    private const int VerifierBytes = 32;
    private const int ChallengeLength = 43;

    /// <summary>A fresh verifier: 43 characters.</summary>
    public static string CreateVerifier() => StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(VerifierBytes));

    /// <summary>The challenge of a verifier.</summary>
    public static string ChallengeOf(string verifier)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        return StrictBase64Url.Encode(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(verifier)));
    }

    /// <summary>Whether a text can be a challenge by S256.</summary>
    public static bool IsChallenge(string? text) => text is { Length: ChallengeLength } && StrictBase64Url.Decode(text) is not null;

    /// <summary>Whether a verifier is one (section 4.1: 43 to 128 unreserved characters) and its challenge is this.</summary>
    public static bool Answers(string? verifier, string challenge) =>
        verifier is { Length: >= 43 and <= 128 } && verifier.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')
        && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(ChallengeOf(verifier)), System.Text.Encoding.ASCII.GetBytes(challenge));
}
