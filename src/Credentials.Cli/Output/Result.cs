namespace Credentials.Cli.Output;

/// <summary>Hands over what a command has made: to a file, or to standard output.</summary>
internal static class Result
{
    /// <summary>Writes it. Text gets a line break on standard output and none in a file; bytes that are no text are not shown to a terminal.</summary>
    /// <param name="bytes">What was made.</param>
    /// <param name="isText">Whether it is text.</param>
    /// <param name="path">The file; null for standard output.</param>
    /// <param name="around">Standard output.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="secret">Whether only its owner shall read the file.</param>
    /// <exception cref="MisuseException">The file cannot be written, or a terminal would be shown bytes.</exception>
    public static async Task WriteAsync(ReadOnlyMemory<byte> bytes, bool isText, string? path, Surroundings around, CancellationToken cancellationToken, bool secret = false)
    {
        if (path is not null)
        {
            await WriteFileAsync(bytes, path, secret, cancellationToken);
        }
        else if (isText)
        {
            await around.Out.WriteLineAsync(System.Text.Encoding.UTF8.GetString(bytes.Span));
        }
        else
        {
            Stream output = around.Binary?.Invoke() ?? throw new MisuseException("This form is bytes, not text: name a file with --out FILE, or send standard output into one.");
            await output.WriteAsync(bytes, cancellationToken);
            await output.FlushAsync(cancellationToken);
        }
    }

    private static async Task WriteFileAsync(ReadOnlyMemory<byte> bytes, string path, bool secret, CancellationToken cancellationToken)
    {
        // A secret is never written over another one, and is its owner's from its first byte on.
        var options = new FileStreamOptions { Mode = secret ? FileMode.CreateNew : FileMode.Create, Access = FileAccess.Write };
        if (secret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            await using var file = new FileStream(path, options);
            await file.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException) when (secret && File.Exists(path))
        {
            throw new MisuseException($"{path} exists already, and a key is not overwritten: take another name.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"{path} cannot be written: {e.Message}");
        }
    }
}
