namespace Credentials.Verification.Evidence;

/// <summary>Why something could not be had or believed, and who can mend that. Says nothing against the credential.</summary>
internal sealed record Doubt(Problem Problem, Remedy Remedy)
{
    /// <summary>A doubt in one line.</summary>
    public Doubt(string code, string detail, Remedy remedy)
        : this(new Problem(code, detail), remedy)
    {
    }
}
