using System.Globalization;

namespace Credentials.VerifierWeb.Languages;

/// <summary>Everything that the page says, in one language. Every member is required, so that a language with a hole in it does not load.</summary>
/// <remarks><c>{0}</c> and <c>{1}</c> in a sentence are filled by <see cref="Fill"/>.</remarks>
internal sealed record Words
{
    /// <summary>BCP 47 tag, as in <c>lang</c>.</summary>
    public required string Tag { get; init; }

    /// <summary><c>ltr</c> or <c>rtl</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>The language's name for itself.</summary>
    public required string NativeName { get; init; }

    /// <summary>The .NET culture that knows the names of the months.</summary>
    public required string Culture { get; init; }

    /// <summary>Custom date format for a day.</summary>
    public required string DayFormat { get; init; }

    public required PageWords Page { get; init; }

    public required FormWords Form { get; init; }

    public required VerdictWords Verified { get; init; }

    public required VerdictWords Rejected { get; init; }

    public required VerdictWords Indeterminate { get; init; }

    public required ContentsWords Contents { get; init; }

    public required RecordWords Record { get; init; }

    public required InstitutionWords Institution { get; init; }

    public required VerifierWords Verifier { get; init; }

    /// <summary>By the name of the outcome.</summary>
    public required IReadOnlyDictionary<string, string> Outcomes { get; init; }

    /// <summary>By the name of the check.</summary>
    public required IReadOnlyDictionary<string, CheckWords> Checks { get; init; }

    /// <summary>Who can mend it, by the name of the remedy.</summary>
    public required IReadOnlyDictionary<string, string> Remedies { get; init; }

    /// <summary>Why a document could not even be looked at, by the name of the fault.</summary>
    public required IReadOnlyDictionary<string, IntakeWords> Intake { get; init; }

    public required AskWords Ask { get; init; }

    /// <summary>A day in words.</summary>
    public string Day(DateOnly day) => day.ToString(DayFormat, CultureInfo.GetCultureInfo(Culture));

    /// <summary>A day and a time of day in words, in UTC: the reader's own zone is not known here, and two readers must read the same.</summary>
    public string Moment(DateTimeOffset time) => Fill(Record.DayAndTime, Day(DateOnly.FromDateTime(time.UtcDateTime)), time.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture));

    /// <summary>Puts values into a sentence's places.</summary>
    public static string Fill(string sentence, params ReadOnlySpan<string> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            sentence = sentence.Replace("{" + i.ToString(CultureInfo.InvariantCulture) + "}", values[i], StringComparison.Ordinal);
        }

        return sentence;
    }
}

internal sealed record PageWords
{
    public required string Title { get; init; }

    public required string Introduction { get; init; }

    public required string Languages { get; init; }

    public required string ChecksHeading { get; init; }

    public required string Mend { get; init; }

    public required string SmallPrint { get; init; }

    public required string CheckAnother { get; init; }

    public required string JudgedAt { get; init; }

    /// <summary>Of an evidence bundle on which the answer rests alone; the day is put in.</summary>
    public required string AsOf { get; init; }

    /// <summary>Of an evidence bundle that verifies alone, where nodes and hosts could not be asked; the day is put in.</summary>
    public required string AsOfAlone { get; init; }

    /// <summary>Why it is verified.</summary>
    public required string AllHolds { get; init; }

    /// <summary>Of a check that was skipped because one before it did not pass.</summary>
    public required string NotReached { get; init; }

    public required string TooMany { get; init; }

    public required string NotFound { get; init; }
}

internal sealed record FormWords
{
    public required string Paste { get; init; }

    public required string PasteHint { get; init; }

    public required string File { get; init; }

    public required string FileHint { get; init; }

    public required string Submit { get; init; }

    public required string Privacy { get; init; }
}

/// <summary>The verdict: in one or two words, and in the sentence below them.</summary>
internal sealed record VerdictWords
{
    public required string Word { get; init; }

    /// <summary>What to make of it; before the reason.</summary>
    public required string Advice { get; init; }
}

internal sealed record ContentsWords
{
    public required string Heading { get; init; }

    /// <summary>Heading when the signature holds but the verdict is not <c>verified</c>.</summary>
    public required string DoubtfulHeading { get; init; }

    public required string DoubtfulNote { get; init; }

    public required string Holder { get; init; }

    public required string Award { get; init; }

    public required string Institution { get; init; }

    public required string Date { get; init; }

    public required string SignedBy { get; init; }

    public required string WebNote { get; init; }

    public required string KeyNote { get; init; }

    public required string NotSaid { get; init; }
}

internal sealed record RecordWords
{
    public required string Heading { get; init; }

    public required string Sentence { get; init; }

    public required string Block { get; init; }

    public required string DayAndTime { get; init; }

    public required string UnnamedChain { get; init; }

    public required string TestChainNote { get; init; }

    /// <summary>Of a chain that neither the operator nor this release has a name for.</summary>
    public required string UnknownChainNote { get; init; }

    /// <summary>By the name of the finality.</summary>
    public required IReadOnlyDictionary<string, string> Finality { get; init; }
}

/// <summary>What the chain says of the institution, its key, and of what became of the diploma.</summary>
internal sealed record InstitutionWords
{
    public required string Heading { get; init; }

    /// <summary>Whom, by whom, since when, for what.</summary>
    public required string Accredited { get; init; }

    /// <summary>Where a trusted authority gave the accreditor its right: the accreditor, the authority.</summary>
    public required string Authority { get; init; }

    public required string Levels { get; init; }

    public required string WithoutLevel { get; init; }

    public required string OtherScope { get; init; }

    public required string AsOfRecord { get; init; }

    public required string Withdrawn { get; init; }

    public required string Closed { get; init; }

    public required string KeyRetired { get; init; }

    public required string KeyCompromised { get; init; }

    public required string Replaced { get; init; }
}

internal sealed record VerifierWords
{
    public required string Heading { get; init; }

    public required string YouAreOn { get; init; }

    public required string Warning { get; init; }

    public required string ElsewhereLink { get; init; }

    public required string ElsewhereFile { get; init; }

    public required string CommandLine { get; init; }
}

/// <summary>One check: its name and meaning, a sentence for each outcome, and better ones for some problems.</summary>
internal sealed record CheckWords
{
    public required string Name { get; init; }

    public required string Meaning { get; init; }

    public required string Passed { get; init; }

    public required string Failed { get; init; }

    public required string Indeterminate { get; init; }

    /// <summary>When skipped although the checks before it passed.</summary>
    public required string NotApplicable { get; init; }

    /// <summary>By problem code, when failed.</summary>
    public required IReadOnlyDictionary<string, string> Failures { get; init; }

    /// <summary>By problem code, when it could not be checked: one code can be evidence in one case and a mere doubt in another.</summary>
    public required IReadOnlyDictionary<string, string> Doubts { get; init; }
}

/// <summary>Why a document could not be looked at, and what to do.</summary>
internal sealed record IntakeWords
{
    public required string Reason { get; init; }

    public required string Mend { get; init; }
}
