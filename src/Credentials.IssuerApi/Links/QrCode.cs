using Credentials.DataModel;
using Credentials.IssuerApi.Configuration;
using QRCoder;

namespace Credentials.IssuerApi.Links;

/// <summary>A QR code that phones read from paper and screens: error correction M, the quiet zone that the standard asks for, 10 pixels a module.</summary>
internal static class QrCode
{
    private const int PixelsPerModule = 10;

    /// <summary>What the code says: the public URL, wrapped in a link to a verifier's page.</summary>
    public static Uri LinkTo(Uri url, IssuerOptions options) => new CredentialLink(url).At(new Uri(options.VerifierBaseUrl));

    public static byte[] Png(Uri link) => Png(link.AbsoluteUri);

    /// <summary>A code of any text.</summary>
    public static byte[] Png(string text)
    {
        using QRCodeData data = Encode(text);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(PixelsPerModule, drawQuietZones: true);
    }

    public static byte[] Svg(Uri link) => Svg(link.AbsoluteUri);

    /// <inheritdoc cref="Png(string)"/>
    public static byte[] Svg(string text)
    {
        using QRCodeData data = Encode(text);
        using var code = new SvgQRCode(data);
        return System.Text.Encoding.UTF8.GetBytes(code.GetGraphic(PixelsPerModule, "#000000", "#ffffff", drawQuietZones: true));
    }

    private static QRCodeData Encode(string text) => QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
}
