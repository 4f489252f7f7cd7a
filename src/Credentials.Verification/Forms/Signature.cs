using Credentials.Keys;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Forms;

/// <summary>One signature of a document, whatever the form: a Data Integrity proof, or an envelope. To add a form: one more of these, and a line in <see cref="SecuredDocument"/>.</summary>
internal abstract class Signature
{
    /// <summary>What kind it is, as shown to people: a cryptosuite, or a media type without <c>application/</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>DID URL of the key; null when it names none.</summary>
    public abstract string? VerificationMethod { get; }

    /// <summary>What it was made for: <c>assertionMethod</c>, <c>authentication</c> or something else.</summary>
    public abstract string Purpose { get; }

    /// <summary>The claimed time of signing; never evidence.</summary>
    public abstract DateTimeOffset? Created { get; }

    /// <summary>From when on it counts, if it says so.</summary>
    public virtual DateTimeOffset? NotBefore => null;

    /// <summary>Until when it counts, if it says so.</summary>
    public abstract DateTimeOffset? Expires { get; }

    /// <summary>Whether it counts no longer. The end of a proof belongs to it.</summary>
    public virtual bool IsOver(DateTimeOffset now) => Expires < now;

    /// <summary>The question that it answers, if any.</summary>
    public abstract string? Challenge { get; }

    /// <summary>For whom it was made; empty for anybody.</summary>
    public abstract IReadOnlyList<string> Domains { get; }

    /// <summary>Whose it is and what it says of the key, where the key may lie elsewhere than in a DID document.</summary>
    public virtual WebIssuer? WebIssuer => null;

    /// <summary>What is wrong with its form although it can be checked.</summary>
    public virtual Problem? Malformed => null;

    /// <summary>Why nobody can check it, although it may be genuine and is of a known kind.</summary>
    public virtual Problem? NotToBeVerified => null;

    /// <summary>Whether it covers what the document's words mean and not the words.</summary>
    public virtual bool CoversMeaningOnly => false;

    /// <summary>Whether what it covers is the holder's to show in part: what the document lacks may have been withheld.</summary>
    public virtual bool LetsWithhold => false;

    /// <summary>Whether it was made for this one.</summary>
    public abstract bool IsFor(string domain);

    /// <summary>Whether it holds under that key: null, or the problem, with the codes of <see cref="DataIntegrity.DataIntegritySuite.Verify"/>.</summary>
    public abstract Problem? Verify(PublicKey key);
}
