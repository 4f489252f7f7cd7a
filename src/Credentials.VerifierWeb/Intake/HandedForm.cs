using Microsoft.AspNetCore.Http.Features;

namespace Credentials.VerifierWeb.Intake;

/// <summary>Reads the page's form, within bounds and in memory only: a diploma never touches the disk.</summary>
internal static class HandedForm
{
    private static readonly FormOptions s_bounds = new()
    {
        BufferBody = false,
        MemoryBufferThreshold = DocumentIntake.MaximumBytes + 1,
        MultipartBodyLengthLimit = DocumentIntake.MaximumBytes + 1,
        ValueLengthLimit = DocumentIntake.MaximumBytes + 1,
        ValueCountLimit = 8,
        KeyLengthLimit = 64,
        MultipartBoundaryLengthLimit = 128,
        MultipartHeadersCountLimit = 8,
        MultipartHeadersLengthLimit = 4096,
    };

    /// <summary>The file if there is one, else the text; or the reason why there is neither.</summary>
    public static async Task<(ReadOnlyMemory<byte> Given, IntakeFault? Fault)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            return (default, IntakeFault.Empty);
        }

        try
        {
            IFormCollection form = await request.ReadFormAsync(s_bounds, cancellationToken);
            if (form.Files.FirstOrDefault(file => file.Length > 0) is { } file)
            {
                byte[] bytes = new byte[file.Length];
                await using Stream stream = file.OpenReadStream();
                await stream.ReadExactlyAsync(bytes, cancellationToken);
                return (bytes, null);
            }

            return (System.Text.Encoding.UTF8.GetBytes(form["text"].ToString()), null);
        }
        catch (BadHttpRequestException refused)
        {
            return (default, refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? IntakeFault.TooLarge : IntakeFault.Unreadable);
        }
        catch (InvalidDataException)
        {
            // A bound was crossed, or the multipart framing is broken; the length tells which.
            return (default, request.ContentLength > DocumentIntake.MaximumBytes ? IntakeFault.TooLarge : IntakeFault.Unreadable);
        }
        catch (IOException)
        {
            return (default, IntakeFault.Unreadable);
        }
    }
}
