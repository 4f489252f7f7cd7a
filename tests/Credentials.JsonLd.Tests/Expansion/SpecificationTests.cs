using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Credentials.TestKit;
using Xunit.Abstractions;

namespace Credentials.JsonLd.Tests.Expansion;

/// <summary>The public test suite of the JSON-LD API: every case of expansion and of RDF that is not for JSON-LD 1.0 alone.</summary>
public sealed partial class SpecificationTests(ITestOutputHelper output)
{
    private const int ExpandCases = 385;
    private const int ToRdfCases = 467;

    // The cases that only a processor of JSON-LD 1.0 passes.
    private static readonly string[] Expand10 = ["#t0026", "#t0038", "#t0071", "#t0115", "#t0116", "#ter02", "#ter03", "#ter24", "#ter32"];
    private static readonly string[] ToRdf10 = ["#t0118", "#te014", "#te026", "#te038", "#te071", "#te115", "#te116", "#ter02", "#ter03", "#ter24", "#ter32"];

    [VectorFact]
    public void Expands_every_case_of_the_specification() =>
        Run("expand-manifest.jsonld", Expand10, ExpandCases, test =>
        {
            JsonLdResult<byte[]> result = test.Processor.Expand(test.Document);
            return result.Ok && test.Expect is not null
                ? (null, ExpandedForm.Normalize(result.Value) == ExpandedForm.Normalize(test.Expected) ? null : $"expanded to {Utf8.Text(result.Value)}")
                : (result.Error, null);
        });

    [VectorFact]
    public void Says_every_case_of_the_specification_in_RDF() =>
        Run("toRdf-manifest.jsonld", ToRdf10, ToRdfCases, test =>
        {
            JsonLdResult<RdfDataset> result = test.Processor.ToRdf(test.Document);
            return result.Ok && test.Expect is not null
                ? (null, Compare(result.Value, test.Expected))
                : (result.Error, null);
        });

    private void Run(string manifest, string[] only10, int total, Func<SpecificationCase, (JsonLdError? Error, string? Difference)> run)
    {
        IReadOnlyList<SpecificationCase> cases = SpecificationCase.Of(manifest);
        Assert.Equal(total, cases.Count);
        Assert.Equal(only10, cases.Where(test => test.IsOnlyFor10).Select(test => test.Id).Order(StringComparer.Ordinal));

        List<string> wrong = [];
        int ran = 0;
        foreach (SpecificationCase test in cases.Where(test => !test.IsOnlyFor10))
        {
            ran++;
            (JsonLdError? error, string? difference) = run(test);
            if (error?.Code != test.ErrorCode)
            {
                difference = $"said {error?.Code ?? "no error"} ({error?.Detail}), not {test.ErrorCode ?? "that it is valid"}";
            }

            if (difference is not null)
            {
                wrong.Add($"{test.Id}: {difference}");
            }
        }

        output.WriteLine($"{manifest}: {ran} cases, {wrong.Count} wrong");
        Assert.Equal(total - only10.Length, ran);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string? Compare(RdfDataset dataset, byte[] expected)
    {
        string ours = Canonical(Utf8.Text(NQuads.Write(dataset).Value));
        string theirs = Canonical(Utf8.Text(expected));
        return ours == theirs ? null : $"said\n{ours}and not\n{theirs}";
    }

    // Equal up to the labels of blank nodes. A blank predicate, of which there is one at most in a case, is no RDF: an IRI takes its place.
    private static string Canonical(string text)
    {
        RdfDataset dataset = NQuads.Parse(BlankPredicate().Replace(text, "${subject} <urn:blank> ")).Value!;
        return Utf8.Text(Rdfc10.Canonicalize(dataset, HashAlgorithmName.SHA256).Value!.NQuads.Span);
    }

    [GeneratedRegex(@"^(?<subject>\S+) _:\S+ ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BlankPredicate();
}
