using QRCoder;

namespace Credentials.Cli.Commands;

/// <summary><c>credentials qr TEXT</c></summary>
internal static class QrCommand
{
    public static Command Row { get; } = new("qr", "TEXT", "Draw a QR code in the terminal", RunAsync)
    {
        Options = [new("--invert", null, "For a terminal with dark letters on a light ground")],
        Notes = ["For the link of a diploma: point a phone's camera at it, and the verifier's page opens."],
    };

    private static async Task<int> RunAsync(Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        try
        {
            using QRCodeData code = QRCodeGenerator.GenerateQrCode(arguments.Operands[0], QRCodeGenerator.ECCLevel.L);
            using AsciiQRCode drawing = new(code);

            // Two modules a character. Readers want dark on light: on a dark terminal the ground has to be drawn.
            await around.Out.WriteLineAsync(drawing.GetGraphicSmall(invert: arguments.Has("--invert")));
            return ExitCode.Verified;
        }
        catch (QRCoder.Exceptions.DataTooLongException)
        {
            throw new MisuseException("The text is too long for a QR code.");
        }
    }
}
