namespace Credentials.OpenId.Messages;

/// <summary>An error answer of OAuth and of the credential endpoints, which have one shape.</summary>
/// <param name="Error">The protocol's code, such as <c>invalid_grant</c>.</param>
/// <param name="Description">For developers, in ASCII; null when there is none.</param>
/// <remarks>https://www.rfc-editor.org/rfc/rfc6749#section-5.2</remarks>
public sealed record ErrorMessage(string Error, string? Description = null)
{
    /// <summary>The answer of a problem whose code is the protocol's.</summary>
    public static ErrorMessage Of(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new(problem.Code, problem.Detail);
    }

    /// <summary>Reads the body of an answer.</summary>
    public static Parsed<ErrorMessage> Read(ReadOnlyMemory<byte> utf8) => MessageText.Read(utf8, OAuth.OAuthError.ServerError, json =>
    {
        ObjectReader reader = new(json, OAuth.OAuthError.ServerError);
        string error = reader.Required("error");
        string? description = reader.Optional("error_description");
        return reader.Or(() => new ErrorMessage(error, description));
    });

    /// <summary>Writes the body. Values of error_description MUST NOT include characters outside the set %x20-21 / %x23-5B / %x5D-7E: others become a question mark.</summary>
    public byte[] Write() => MessageText.Write(writer =>
    {
        writer.WriteString("error", Error);
        writer.Member("error_description", Printable(Description));
    });

    /// <summary>A description in the characters that an error may have.</summary>
    public static string? Printable(string? description) =>
        description is null ? null : string.Concat(description.Select(c => c is >= ' ' and <= '~' and not '\\' ? c == '"' ? '\'' : c : '?'));
}
