using System.Text;

namespace Credentials.OpenId.Messages;

/// <summary>Parameters of an OAuth request (<c>application/x-www-form-urlencoded</c>), none of them twice.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc6749#section-3.2: "Request and response parameters MUST NOT be included more than once"; those without a value count as absent, unknown ones are passed over.</remarks>
public sealed class FormParameters
{
    private const int MaxLength = 64 * 1024;
    private const int MaxCount = 64;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private FormParameters()
    {
    }

    /// <summary>The names that have a value.</summary>
    public IReadOnlyCollection<string> Names => _values.Keys;

    /// <summary>A parameter's value; null when it is absent or empty.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Reads a body, or a query without its question mark.</summary>
    public static Parsed<FormParameters> Read(string encoded)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        if (encoded.Length > MaxLength)
        {
            return Fault("The request is too long.");
        }

        FormParameters parameters = new();
        string[] pairs = encoded.Split('&', StringSplitOptions.RemoveEmptyEntries);
        if (pairs.Length > MaxCount)
        {
            return Fault("The request has too many parameters.");
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string pair in pairs)
        {
            int at = pair.IndexOf('=', StringComparison.Ordinal);
            string? name = Decode(at < 0 ? pair : pair[..at]);
            string? value = at < 0 ? "" : Decode(pair[(at + 1)..]);
            if (name is null || value is null)
            {
                return Fault("The request is not encoded as application/x-www-form-urlencoded.");
            }

            if (!seen.Add(name))
            {
                return Fault("A parameter is given twice.");
            }

            if (value.Length > 0)
            {
                parameters._values[name] = value;
            }
        }

        return parameters;
    }

    /// <summary>Writes parameters, those without a value left out.</summary>
    public static string Write(params IReadOnlyList<(string Name, string? Value)> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return string.Join('&', parameters.Where(parameter => !string.IsNullOrEmpty(parameter.Value)).Select(parameter => $"{Uri.EscapeDataString(parameter.Name)}={Uri.EscapeDataString(parameter.Value!)}"));
    }

    private static string? Decode(string encoded)
    {
        // A control character in a value has no business in any of these protocols, and would end up in a header or a log.
        string text = Uri.UnescapeDataString(encoded.Replace('+', ' '));
        return text.Any(char.IsControl) || text.Contains('\uFFFD', StringComparison.Ordinal) || !Rune.TryGetRuneAt(text + " ", 0, out _) ? null : text;
    }

    private static Problem Fault(string detail) => new(OAuth.OAuthError.InvalidRequest, detail);
}
