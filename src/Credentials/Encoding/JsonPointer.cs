namespace Credentials.Encoding;

/// <summary>Builds JSON pointers.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc6901</remarks>
public static class JsonPointer
{
    /// <summary>The pointer to a member of the object that a pointer points to.</summary>
    public static string Member(string parent, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return $"{parent}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
    }

    /// <summary>The pointer to an item of the array that a pointer points to.</summary>
    public static string Item(string parent, int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{parent}/{index}");
}
