using System.Text.Json;
using System.Text.RegularExpressions;
using Credentials.TestKit;

namespace Credentials.OpenId.Examples;

/// <summary>What becomes of one example: it is read, refused, or left out; the last two for a reason.</summary>
/// <param name="Read">Reads it with the code that reads such messages; null when it is left out. A problem is a refusal.</param>
/// <param name="Why">Why it is refused or left out; null when it is read.</param>
internal sealed partial record ExampleRow(Func<SpecificationExample, Task<Problem?>>? Read, string? Why)
{
    /// <summary>Read by what reads JSON.</summary>
    public static ExampleRow Json(Func<JsonElement, Problem?> read) => new(example => Task.FromResult(read(JsonOf(Filled(example.Body)))), null);

    /// <summary>Read by what reads bytes.</summary>
    public static ExampleRow Bytes(Func<byte[], Problem?> read) => new(example => Task.FromResult(read(System.Text.Encoding.UTF8.GetBytes(Filled(example.Body)))), null);

    /// <summary>Read by what reads text.</summary>
    public static ExampleRow Text(Func<string, Problem?> read) => new(example => Task.FromResult(read(Filled(example.Body))), null);

    /// <summary>Read by something that has to sign first.</summary>
    public static ExampleRow Signed(Func<string, Task<Problem?>> read) => new(example => read(Filled(example.Body)), null);

    /// <summary>Not a message that anything here reads.</summary>
    public static ExampleRow LeftOut(string why) => new(null, why);

    /// <summary>The same reader, which refuses this one.</summary>
    public ExampleRow Refused(string why) => this with { Why = why };

    /// <summary>The JSON of a text.</summary>
    public static JsonElement JsonOf(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>An example with something in place of what its author left out for brevity: the specification's own query, a format, a presentation.</summary>
    public static string Filled(string body)
    {
        string query = SpecificationExample.Named("OpenID4VP/examples/query_lang/simple.json").Body;
        string text = EmptyQuery().Replace(body, _ => "\"dcql_query\":" + query);
        text = EmptyQueryParameter().Replace(text, _ => "dcql_query=" + Uri.EscapeDataString(query));
        text = EmptyToken().Replace(text, _ => "vp_token=" + Uri.EscapeDataString("{\"my_credential\":[\"eyJhbGci...QMA\"]}"));
        text = EmptyMetadata().Replace(text, "\"client_metadata\":{\"vp_formats_supported\":{\"dc+sd-jwt\":{}}}");
        text = BareNames().Replace(text, "${before}\"${name}\":");
        return MoreItems().Replace(text, "]");
    }

    [GeneratedRegex(@"""?\bdcql_query""?: ?\{ ?\.\.\. ?\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EmptyQuery();

    [GeneratedRegex(@"\bdcql_query=\.\.\.", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EmptyQueryParameter();

    [GeneratedRegex(@"\bvp_token=\.\.\.", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EmptyToken();

    [GeneratedRegex(@"""?\bclient_metadata""?: ?\{ ?\.\.\. ?\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EmptyMetadata();

    [GeneratedRegex(@"(?<before>[{,]\s*)(?<name>[a-z_]+):", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BareNames();

    [GeneratedRegex(@", ?\.\.\. ?\]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MoreItems();
}
