namespace Credentials.JsonLd;

/// <summary>Ends an operation from inside its recursion; at the face it becomes a <see cref="JsonLdError"/>.</summary>
internal sealed class JsonLdFault(string code, string detail) : Exception(detail)
{
    /// <summary>The specification's string.</summary>
    public string Code { get; } = code;
}
