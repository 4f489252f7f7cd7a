using System.Text.Json;
using System.Text.Unicode;
using Credentials.DataModel;

namespace Credentials.Verification.Checks;

/// <summary>Whether what was handed in is a credential, and where its signed text lies.</summary>
/// <remarks>
/// Never <see cref="CheckOutcome.Failed"/>: a download that broke off and a photograph that was uploaded by mistake are malformed too, and nothing about them is authenticated.
/// What a malformed document may still have is a proof. Whenever the text is whole JSON, the proof is checked over it as it stands, and a forgery that broke the form is rejected there:
/// the signature does not hold under the very key it names. A document with a member twice has no canonical form, so no signature can hold over it.
/// A document whose signature holds and whose form is wrong was issued so: indeterminate, and the issuer can mend it.
/// </remarks>
internal static class FormatCheck
{
    /// <summary>Reads the document strictly, and where that fails leniently, only so that its proof can be looked at.</summary>
    public static (CheckResult Result, VerifiableCredential? Credential, JsonDocument? Lenient) Read(ReadOnlyMemory<byte> utf8)
    {
        Parsed<VerifiableCredential> credential = VerifiableCredential.Parse(utf8);
        if (credential.Ok)
        {
            return (Check.Passed(CheckName.Format, "The document is a well-formed credential."), credential.Value, null);
        }

        JsonDocument? lenient = ReadLeniently(utf8);
        Remedy remedy = lenient is null ? Remedy.Holder : Remedy.Issuer;
        string detail = lenient is null
            ? $"This is not a whole credential in JSON: {credential.Problem.Detail} Ask for a complete copy of the file."
            : $"The document does not have the form of a credential: {credential.Problem.Detail}";
        return (new(CheckName.Format, CheckOutcome.Indeterminate, credential.Problem, detail, remedy), null, lenient);
    }

    /// <summary>Whole JSON of any shape, members twice or not; every text in it can be read.</summary>
    private static JsonDocument? ReadLeniently(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return utf8.Length <= VerifiableCredential.MaxLength && Utf8.IsValid(utf8.Span) && TextsAreWhole(utf8.Span) ? JsonDocument.Parse(utf8) : null;
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
