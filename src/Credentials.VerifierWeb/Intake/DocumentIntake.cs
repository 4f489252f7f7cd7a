using Credentials.DataModel;

namespace Credentials.VerifierWeb.Intake;

/// <summary>Makes a document of what a visitor hands over: the text or file of a credential, or a link to one, which is fetched within the fetcher's bounds.</summary>
internal sealed class DocumentIntake(IDocumentFetcher fetcher)
{
    /// <summary>Largest document, in bytes.</summary>
    public const int MaximumBytes = 1024 * 1024;

    private const string Accept = "application/vc, application/vc+jwt, application/vc+sd-jwt, application/vc+cose, application/vnd.credentials.evidence+json, application/ld+json;q=0.9, application/json;q=0.9";

    /// <summary>From the value of a QR link's <c>c</c>.</summary>
    public async Task<Handed> FromLocatorAsync(string? locator, CancellationToken cancellationToken) =>
        CredentialLink.TryParseLocator(locator, out CredentialLink? link)
            ? await FetchAsync(link, cancellationToken)
            : Handed.Nothing(IntakeFault.BadLink);

    /// <summary>From a pasted text or an uploaded file, whichever it turns out to be.</summary>
    public async Task<Handed> FromBytesAsync(ReadOnlyMemory<byte> given, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> document = Trim(given);
        if (FaultOf(document.Span) is { } fault)
        {
            return Handed.Nothing(fault);
        }

        if (BeginsLikeDocument(document.Span))
        {
            return Handed.Of(document);
        }

        return document.Length <= CredentialLink.MaximumLength && CredentialLink.TryParse(System.Text.Encoding.UTF8.GetString(document.Span), out CredentialLink? link)
            ? await FetchAsync(link, cancellationToken)
            : Handed.Nothing(document.Span.StartsWith("http"u8) ? IntakeFault.BadLink : IntakeFault.Unreadable);
    }

    private async Task<Handed> FetchAsync(CredentialLink link, CancellationToken cancellationToken)
    {
        FetchedDocument answer = await fetcher.FetchAsync(link.CredentialUrl, Accept, cancellationToken);
        if (!answer.Ok)
        {
            return Handed.Nothing(IntakeFault.Unreachable, link, answer.Fault);
        }

        // A captive portal, a login page, an error page with status 200: none of them is a rejected diploma.
        ReadOnlyMemory<byte> document = Trim(answer.Body);
        return document.Length > MaximumBytes ? Handed.Nothing(IntakeFault.TooLarge, link)
            : BeginsLikeDocument(document.Span) ? Handed.Of(document) with { Link = link }
            : Handed.Nothing(IntakeFault.NoCredentialThere, link, $"content type: {answer.ContentType ?? "none"}");
    }

    private static IntakeFault? FaultOf(ReadOnlySpan<byte> document) => document switch
    {
        [] => IntakeFault.Empty,
        { Length: > MaximumBytes } => IntakeFault.TooLarge,
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => IntakeFault.Pdf,
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] or [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => IntakeFault.Picture,
        [(byte)'<', ..] => IntakeFault.WebPage,
        _ => null,
    };

    // JSON, the header of a JWT, or a COSE_Sign1 with its tag or without.
    private static bool BeginsLikeDocument(ReadOnlySpan<byte> document) => document is [(byte)'{', ..] or [(byte)'e', (byte)'y', (byte)'J', ..] or [0xD2, ..] or [0x84, ..];

    /// <summary>Without the byte order mark and the blanks that editors and clipboards add: no signature covers them. COSE has neither, and every byte of it counts.</summary>
    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> given) => given.Span is [0xD2, ..] or [0x84, ..] ? given :
        (given.Span.StartsWith(System.Text.Encoding.UTF8.Preamble) ? given[System.Text.Encoding.UTF8.Preamble.Length..] : given).Trim(" \t\r\n"u8);
}
