using Credentials.DataModel;
using Credentials.Dids;
using Credentials.Encoding;
using Credentials.Verification;
using Credentials.VerifierWeb.Languages;
using Credentials.VerifierWeb.Markup;

namespace Credentials.VerifierWeb.Pages;

/// <summary>Whose diploma it is: shown only when the signature holds, and as fact only when all else does too.</summary>
internal static class ContentsView
{
    private const int MostNames = 8;

    /// <summary>The section, or nothing.</summary>
    public static Html Render(PageView view, VerificationResult result)
    {
        if (result.Credential is not { } credential || result[CheckName.Proof].Outcome != CheckOutcome.Passed)
        {
            return Html.Empty;
        }

        ContentsWords words = view.Words.Contents;
        bool verified = result.Verdict == Verdict.Verified;
        return Html.Of($"""
            <section class="card" aria-labelledby="contents">
            <h2 id="contents">{(verified ? words.Heading : words.DoubtfulHeading)}</h2>
            {(verified ? Html.Empty : Html.Of($"""<p class="warn">{words.DoubtfulNote}</p>"""))}
            <dl>
            {Summary(view.Words, credential)}
            {(result[CheckName.Issuer].Outcome == CheckOutcome.Passed ? Row(words.SignedBy, Signatory(words, credential.IssuerId, isVouchedFor: result.Accreditation is not null)) : Html.Empty)}
            {Date(view.Words, credential)}
            </dl>
            </section>
            """);
    }

    /// <summary>The rows of what a person looks for in a diploma.</summary>
    public static Html Summary(Words words, VerifiableCredential credential)
    {
        CredentialSummary summary = CredentialSummary.Of(credential);
        return Html.Join([Row(words.Contents.Holder, Names(words, summary.Holder)), Row(words.Contents.Award, Names(words, summary.Award)), Row(words.Contents.Institution, Names(words, summary.Institution))]);
    }

    /// <summary>The row of its day.</summary>
    public static Html Date(Words words, VerifiableCredential credential) =>
        Row(words.Contents.Date, CredentialSummary.Of(credential).Date is { } date ? Html.Of($"{words.Day(date)}") : Html.Of($"{words.Contents.NotSaid}"));

    /// <summary>One row of a list of what a document says.</summary>
    public static Html Row(string name, Html value) => Html.Of($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    /// <summary>The names in every language of the document: those that the reader can read first, each isolated in its own direction.</summary>
    private static Html Names(Words words, IReadOnlyList<LanguageValue> names)
    {
        if (names.Count == 0)
        {
            return Html.Of($"{words.Contents.NotSaid}");
        }

        IEnumerable<LanguageValue> sorted = names.OrderByDescending(name => Legibility(words, name)).Take(MostNames);
        return Html.Join(sorted.Select((name, index) => index == 0
            ? Html.Of($"""<bdi class="first"{Language(name)}{Direction(name)}>{DisplayText.Of(name.Value)}</bdi>""")
            : Html.Of($"""<span class="other"><bdi{Language(name)}{Direction(name)}>{DisplayText.Of(name.Value)}</bdi></span>""")));
    }

    /// <summary>The reader's own language before his own script, that before the rest.</summary>
    private static int Legibility(Words words, LanguageValue name) => LanguageTable.Find(name.Language) == words ? 2
        : IsLatin(words.NativeName) && IsLatin(name.Value) ? 1 : 0;

    private static bool IsLatin(string text) => text.FirstOrDefault(char.IsLetter) is > '\0' and < '\u0250';

    private static Html Language(LanguageValue name) => name.Language is { Length: > 0 and < 36 } tag && tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        ? Html.Of($" lang=\"{tag}\"")
        : Html.Empty;

    private static Html Direction(LanguageValue name) => name.Direction is "ltr" or "rtl" ? Html.Of($" dir=\"{name.Direction}\"") : Html.Of($" dir=\"auto\"");

    /// <summary>Who signed, as far as mathematics can say it: a web address, or a bare key. Never the name that the signatory gives himself; who he is need not be asked where somebody trusted vouched for him.</summary>
    public static Html Signatory(ContentsWords words, string issuer, bool isVouchedFor) => WebPlace(issuer) is var (host, path)
        ? Html.Of($"""<bdi class="first" dir="ltr" translate="no">{DisplayText.Of(host)}</bdi><bdi dir="ltr" translate="no">{DisplayText.Of(path)}</bdi>{(isVouchedFor ? Html.Empty : Html.Of($"""<span class="note">{words.WebNote}</span>"""))}""")
        : Html.Of($"""<bdi dir="ltr" translate="no">{DisplayText.Of(issuer)}</bdi><span class="note">{words.KeyNote}</span>""");

    private static (string Host, string Path)? WebPlace(string issuer)
    {
        if (DidUrl.Parse(issuer) is { Ok: true, Value: { Method: "web" } did })
        {
            // Only a port may be escaped in the host; anything else stays visibly escaped.
            string[] parts = did.MethodSpecificId.Split(':');
            return (parts[0].Replace("%3A", ":", StringComparison.OrdinalIgnoreCase), string.Concat(parts.Skip(1).Select(part => "/" + part)));
        }

        return Uri.TryCreate(issuer, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) && HostName.AsciiOf(url) is { } host
            ? (url.IsDefaultPort ? host : $"{host}:{url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)}", url.AbsolutePath)
            : null;
    }
}
