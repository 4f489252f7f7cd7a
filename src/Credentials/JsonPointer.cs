namespace Credentials;

/// <summary>Builds RFC 6901 JSON pointers.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc6901#section-3</remarks>
internal static class JsonPointer
{
    /// <summary>One reference token: <c>~</c> and <c>/</c> escaped.</summary>
    internal static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The pointer to a member of what another pointer points at.</summary>
    internal static string Member(string parent, string name) => $"{parent}/{Escape(name)}";

    /// <summary>The pointer to an item of the array that another pointer points at.</summary>
    internal static string Item(string parent, int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{parent}/{index}");
}
