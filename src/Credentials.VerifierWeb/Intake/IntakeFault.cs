namespace Credentials.VerifierWeb.Intake;

/// <summary>Why what was handed over could not even be looked at. None of these says anything about a diploma. The names are keys of the languages' <c>intake</c>.</summary>
internal enum IntakeFault
{
    /// <summary>Nothing was given.</summary>
    Empty = 1,

    /// <summary>More than <see cref="DocumentIntake.MaximumBytes"/>.</summary>
    TooLarge = 2,

    /// <summary>A PDF.</summary>
    Pdf = 3,

    /// <summary>A picture.</summary>
    Picture = 4,

    /// <summary>HTML or other markup.</summary>
    WebPage = 5,

    /// <summary>None of the things that are known here.</summary>
    Unreadable = 6,

    /// <summary>It begins like a link but is none, or its locator is damaged.</summary>
    BadLink = 7,

    /// <summary>The link's place did not answer with a document.</summary>
    Unreachable = 8,

    /// <summary>The link's place answered with something else than JSON.</summary>
    NoCredentialThere = 9,
}
