using System.Text;

namespace Credentials.OpenId.Presentation;

/// <summary><c>application/x-www-form-urlencoded</c>, in queries and bodies.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc6749#appendix-B</remarks>
public static class FormText
{
    private const int MaxParameters = 64;

    /// <summary>Reads one; a name that is there twice is a problem.</summary>
    public static Parsed<Dictionary<string, string>> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Dictionary<string, string> given = new(StringComparer.Ordinal);
        foreach (string pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            string name = Decode(equals < 0 ? pair : pair[..equals]);
            if (given.Count == MaxParameters || !given.TryAdd(name, equals < 0 ? "" : Decode(pair[(equals + 1)..])))
            {
                return new Problem(PresentationError.InvalidRequest, $"A parameter is there twice, or there are more than {MaxParameters}.", "");
            }
        }

        return given;
    }

    /// <summary>Writes one.</summary>
    public static string Write(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var text = new StringBuilder();
        foreach ((string name, string value) in parameters)
        {
            text.Append(text.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }

        return text.ToString();
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
