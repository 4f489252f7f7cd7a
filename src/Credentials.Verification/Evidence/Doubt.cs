namespace Credentials.Verification.Evidence;

/// <summary>Why something could not be had or believed, and who can mend that. Says nothing against the credential.</summary>
internal sealed record Doubt(Problem Problem, Remedy Remedy)
{
    /// <summary>A doubt in one line.</summary>
    public Doubt(string code, string detail, Remedy remedy)
        : this(new Problem(code, detail), remedy)
    {
    }

    /// <summary>Whether the one who was asked answered that there is none; false where nobody answered, so that there may be one.</summary>
    public bool IsAbsence { get; init; }
}
