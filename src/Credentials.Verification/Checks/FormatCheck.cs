using System.Text.Json;
using System.Text.Unicode;
using Credentials.DataModel;
using Credentials.JsonLd;
using Credentials.Verification.Forms;

namespace Credentials.Verification.Checks;

/// <summary>What was handed in, read.</summary>
/// <param name="Result">How it came out.</param>
/// <param name="Secured">The form, and the text in it.</param>
/// <param name="Document">The document; null unless it was read strictly.</param>
/// <param name="Json">The document's JSON, read strictly or leniently; null when it is none.</param>
/// <param name="Lenient">What to dispose of.</param>
internal sealed record FormatFindings<T>(CheckResult Result, SecuredDocument Secured, T? Document, JsonElement? Json, JsonDocument? Lenient = null) : IDisposable
    where T : class
{
    /// <summary>Whether there is anything over which a signature could be checked.</summary>
    public bool CanBeProven => Json is not null || Secured.Envelope is not null;

    /// <inheritdoc/>
    public void Dispose() => Lenient?.Dispose();
}

/// <summary>Whether what was handed in is a credential (or a presentation), and where its signed text lies.</summary>
/// <remarks>
/// Never <see cref="CheckOutcome.Failed"/>: a download that broke off and a photograph that was uploaded by mistake are malformed too, and nothing about them is authenticated.
/// What a malformed document may still have is a proof. Whenever the text is whole JSON, or lies in an envelope that opens, the proof is checked over it as it stands, and a forgery that broke the form is rejected there:
/// the signature does not hold under the very key it names. A document with a member twice has no canonical form, so no Data Integrity signature can hold over it.
/// A document whose signature holds and whose form is wrong was issued so: indeterminate, and the issuer can mend it.
/// </remarks>
internal static class FormatCheck
{
    /// <summary>Reads a credential.</summary>
    public static FormatFindings<VerifiableCredential> ReadCredential(ReadOnlyMemory<byte> handed, ContextLibrary? contexts)
    {
        var secured = SecuredDocument.Open(handed);
        FormatFindings<VerifiableCredential> read = secured.Envelope is { IsPresentation: true }
            ? new(Check.CannotTell(CheckName.Format, ProblemCode.MalformedValueError, "This is a presentation, not a credential: have it verified as what it is.", Remedy.Verifier), secured, null, null)
            : Read("credential", secured, VerifiableCredential.MaxLength, VerifiableCredential.Parse, credential => credential.Json);
        return ResourceProblemOf(read.Document, contexts) is { } problem
            ? read with { Result = new(CheckName.Format, CheckOutcome.Indeterminate, problem, $"The credential leans on a document of which this verifier has another version. {problem.Detail}", Remedy.Verifier) }
            : read;
    }

    /// <summary>Reads a presentation.</summary>
    public static FormatFindings<VerifiablePresentation> ReadPresentation(SecuredDocument secured) => secured.Envelope is { IsPresentation: false }
        ? new(Check.CannotTell(CheckName.Format, ProblemCode.MalformedValueError, "This is a credential that nobody presents: ask the holder to sign a presentation of it.", Remedy.Holder), secured, null, null)
        : Read("presentation", secured, VerifiablePresentation.MaxLength, VerifiablePresentation.Parse, presentation => presentation.Json);

    private static FormatFindings<T> Read<T>(string kind, SecuredDocument secured, int maxLength, Func<ReadOnlyMemory<byte>, Parsed<T>> parse, Func<T, JsonElement> jsonOf)
        where T : class
    {
        if (secured.Problem is { } unopened)
        {
            return new(Broken(kind, unopened, "This looks like a signed document, but it cannot be opened"), secured, null, null);
        }

        Parsed<T> read = parse(secured.Text);
        if (read.Ok)
        {
            return new(Check.Passed(CheckName.Format, $"The document is a well-formed {kind}."), secured, read.Value, jsonOf(read.Value));
        }

        JsonDocument? lenient = ReadLeniently(secured.Text, maxLength);
        CheckResult result = lenient is null
            ? Broken(kind, read.Problem, $"This is not a whole {kind} in a form that is known here")
            : new(CheckName.Format, CheckOutcome.Indeterminate, read.Problem, $"The document does not have the form of a {kind}: {read.Problem.Detail}", Remedy.Issuer);
        return new(result, secured, null, lenient?.RootElement, lenient);
    }

    // Few credentials name any, and the library of contexts need not be opened for the others.
    private static Problem? ResourceProblemOf(VerifiableCredential? credential, ContextLibrary? contexts) =>
        credential?.Json.TryGetProperty("relatedResource", out _) == true && credential.CompareRelatedResources(contexts ?? ContextLibrary.Shipped) is [var problem, ..] ? problem : null;

    private static CheckResult Broken(string kind, Problem problem, string what) =>
        new(CheckName.Format, CheckOutcome.Indeterminate, problem, $"{what}: {problem.Detail} Ask for a complete copy of the {kind}.", Remedy.Holder);

    /// <summary>Whole JSON of any shape, members twice or not; every text in it can be read.</summary>
    private static JsonDocument? ReadLeniently(ReadOnlyMemory<byte> utf8, int maxLength)
    {
        try
        {
            return utf8.Length <= maxLength && Utf8.IsValid(utf8.Span) && TextsAreWhole(utf8.Span) ? JsonDocument.Parse(utf8) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool TextsAreWhole(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped)
                {
                    _ = reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return false;
        }
    }
}
