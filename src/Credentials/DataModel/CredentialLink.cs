using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Credentials.DataModel;

/// <summary>What a diploma's QR code says: where the credential can be fetched, wrapped in a link to some verifier's page. Every verifier takes the same text and ignores whose page it names.</summary>
/// <param name="CredentialUrl">Absolute http or https URL of the public credential.</param>
/// <remarks>Form: <c>{verifier}/v?c={locator}</c>, where the locator is the base64url of the UTF-8 URL, without padding.</remarks>
public sealed record CredentialLink(Uri CredentialUrl)
{
    /// <summary>Longest text that is read, in characters; a QR code holds fewer than 3,000 bytes.</summary>
    public const int MaximumLength = 4096;

    private static readonly System.Text.UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The value of the link's <c>c</c>.</summary>
    public string Locator => Base64Url.EncodeToString(s_strictUtf8.GetBytes(CredentialUrl.AbsoluteUri));

    /// <summary>The link to one verifier's page, whose base URL may have a path.</summary>
    public Uri At(Uri verifier)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        return new($"{verifier.AbsoluteUri.TrimEnd('/')}/v?c={Locator}");
    }

    /// <summary>Reads the value of a link's <c>c</c>.</summary>
    public static bool TryParseLocator(string? locator, [NotNullWhen(true)] out CredentialLink? link)
    {
        link = null;
        if (locator is not { Length: > 0 and <= MaximumLength } || !Base64Url.IsValid(locator))
        {
            return false;
        }

        try
        {
            return TryParseUrl(s_strictUtf8.GetString(Base64Url.DecodeFromChars(locator)), out link);
        }
        catch (System.Text.DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Reads what a person may paste: a link to any verifier's page, a locator alone, or the credential's own URL.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CredentialLink? link)
    {
        link = null;
        text = text?.Trim();
        return text is { Length: > 0 and <= MaximumLength }
            && (TryParseUrl(text, out CredentialLink? url)
                ? LocatorIn(url.CredentialUrl) is { } locator ? TryParseLocator(locator, out link) : (link = url) is not null
                : TryParseLocator(text, out link));
    }

    private static bool TryParseUrl(string text, [NotNullWhen(true)] out CredentialLink? link)
    {
        link = Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            && url.Host.Length > 0 && url.UserInfo.Length == 0
            ? new CredentialLink(url)
            : null;
        return link is not null;
    }

    private static string? LocatorIn(Uri url) => url.AbsolutePath.EndsWith("/v", StringComparison.Ordinal)
        ? url.Query.TrimStart('?').Split('&').Where(pair => pair.StartsWith("c=", StringComparison.Ordinal)).Select(pair => pair[2..]).FirstOrDefault()
        : null;
}
