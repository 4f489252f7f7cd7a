namespace Credentials.Verification;

/// <summary>How much it must hold that the presenter is the one whom the credentials are about.</summary>
public enum HolderBinding
{
    /// <summary>It is reported for each credential and decides nothing: a parent may present a child's.</summary>
    Reported = 0,

    /// <summary>Each credential must be bound to the presenter: one that is another's is rejected, one that is nobody's is indeterminate.</summary>
    Required = 1,
}

/// <summary>What the relying party expects of a presentation: the question that it asked, and in whose name.</summary>
/// <remarks>Without both, whoever saw a presentation once can show it again. https://www.w3.org/TR/vc-data-integrity/#defn-challenge, https://www.rfc-editor.org/rfc/rfc9901#section-7.3</remarks>
public sealed record PresentationExpectation
{
    private PresentationExpectation()
    {
    }

    /// <summary>The <c>challenge</c> of a Data Integrity proof, the <c>nonce</c> of an envelope; null for any.</summary>
    public string? Challenge { get; private init; }

    /// <summary>The <c>domain</c> of a Data Integrity proof, the <c>aud</c> of an envelope; null for any.</summary>
    public string? Domain { get; private init; }

    /// <summary>Whether the credentials must be the presenter's own.</summary>
    public HolderBinding HolderBinding { get; init; }

    /// <summary>The most credentials that are verified; a presentation of more is indeterminate. Each costs fetches of its own.</summary>
    public int MaxCredentials { get; init; } = 32;

    /// <summary>A presentation made now, for us.</summary>
    /// <param name="challenge">The random text that the holder was asked to sign.</param>
    /// <param name="domain">The name under which we asked.</param>
    public static PresentationExpectation Of(string challenge, string domain)
    {
        ArgumentException.ThrowIfNullOrEmpty(challenge);
        ArgumentException.ThrowIfNullOrEmpty(domain);
        return new() { Challenge = challenge, Domain = domain };
    }

    /// <summary>A presentation that may be anybody's replay of one that was made for others: leave out the challenge, the domain or both, and know why.</summary>
    public static PresentationExpectation ReplayableUnsafe(string? challenge = null, string? domain = null) => new() { Challenge = challenge, Domain = domain };
}
