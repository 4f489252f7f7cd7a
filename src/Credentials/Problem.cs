namespace Credentials;

/// <summary>One thing that is wrong, in the shape of RFC 9457, with a JSON pointer to where it is wrong.</summary>
/// <param name="Code">The specification's own name of the problem, such as <c>PROOF_VERIFICATION_ERROR</c>; see <see cref="ProblemCode"/>.</param>
/// <param name="Detail">One sentence for a person: what is wrong and, where it can be said, what to do.</param>
/// <param name="Pointer">RFC 6901 JSON pointer to the offending member; empty for the whole document; null where it has no place in a document.</param>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9457</remarks>
public sealed record Problem(string Code, string Detail, string? Pointer = null)
{
    /// <summary>The absolute URL that names the kind of problem (the <c>type</c> of RFC 9457).</summary>
    public Uri Type => ProblemCode.TypeOf(Code);
}
