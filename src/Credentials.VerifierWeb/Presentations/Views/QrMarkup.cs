using System.Globalization;
using System.Text;
using Credentials.VerifierWeb.Markup;
using QRCoder;

namespace Credentials.VerifierWeb.Presentations.Views;

/// <summary>A QR code as an SVG of one path: dark on light whatever the page's colours, with the quiet zone that the standard asks for.</summary>
internal static class QrMarkup
{
    private const int MostBytes = 2953;

    /// <summary>For a page; null when no code holds as much.</summary>
    public static Html? Of(string text, string label)
    {
        if (Draw(text) is not var (path, size))
        {
            return null;
        }

        return Html.Of($"""<svg class="qr" role="img" aria-label="{label}" viewBox="0 0 {size} {size}" shape-rendering="crispEdges"><path class="q" d="M0 0h{size}v{size}H0z"/><path class="m" d="{path}"/></svg>""");
    }

    /// <summary>A file; null when no code holds as much.</summary>
    public static string? File(string text)
    {
        if (Draw(text) is not var (path, size))
        {
            return null;
        }

        return string.Create(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>""");
    }

    private static (string Path, int Size)? Draw(string text)
    {
        // ISO/IEC 18004, version 40-L: the most bytes that the largest code holds.
        if (System.Text.Encoding.UTF8.GetByteCount(text) > MostBytes)
        {
            return null;
        }

        // On a screen nothing is torn off or stained: the least correction gives the largest modules.
        using QRCodeData data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.L);
        StringBuilder path = new();
        int size = data.ModuleMatrix.Count;
        for (int row = 0; row < size; row++)
        {
            for (int start = 0; start < size; start++)
            {
                int end = start;
                while (end < size && data.ModuleMatrix[row][end])
                {
                    end++;
                }

                if (end > start)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{start} {row}h{end - start}v1H{start}z");
                    start = end;
                }
            }
        }

        return (path.ToString(), size);
    }
}
