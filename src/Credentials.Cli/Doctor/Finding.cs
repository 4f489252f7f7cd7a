namespace Credentials.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What.</param>
/// <param name="Well">Whether it is as it should be.</param>
/// <param name="Sentence">What was found.</param>
/// <param name="Mend">What to do; null when all is well.</param>
internal sealed record Finding(string Subject, bool Well, string Sentence, string? Mend)
{
    public static Finding Good(string subject, string sentence) => new(subject, true, sentence, null);

    public static Finding Bad(string subject, string sentence, string mend) => new(subject, false, sentence, mend);
}
