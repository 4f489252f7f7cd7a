using System.Globalization;
using Credentials.Anchoring;
using Credentials.Verification;
using Credentials.VerifierWeb.Chain;
using Credentials.VerifierWeb.Languages;
using Credentials.VerifierWeb.Markup;

namespace Credentials.VerifierWeb.Pages;

/// <summary>When and on which chain the document was anchored, in a person's words; nothing unless the anchor was found.</summary>
internal static class RecordView
{
    /// <summary>The section.</summary>
    /// <param name="words">The language.</param>
    /// <param name="result">The answer.</param>
    /// <param name="chainName">What the operator calls a chain; null where he does not say.</param>
    public static Html Render(Words words, VerificationResult result, Func<ulong, string?> chainName)
    {
        // The registry comes from the signed document, so the proof must hold; two registries would leave open which one answered.
        if ((result.Anchor ?? result.AwardAnchor) is not { } anchor || result[CheckName.Proof].Outcome != CheckOutcome.Passed
            || result.Credential?.RegistryEntries is not [RegistryEntry entry])
        {
            return Html.Empty;
        }

        ulong chain = entry.Registry.ChainId;
        string? name = chainName(chain) ?? ChainNames.NameOf(chain);
        string? note = ChainNames.IsForTrials(chain) ? words.Record.TestChainNote : name is null ? words.Record.UnknownChainNote : null;
        return Html.Of($"""
            <section class="card" aria-labelledby="record">
            <h2 id="record">{words.Record.Heading}</h2>
            <p>{Words.Fill(result.Anchor is null ? words.Ask.Recorded : words.Record.Sentence, words.Moment(anchor.Time), name ?? Words.Fill(words.Record.UnnamedChain, chain.ToString(CultureInfo.InvariantCulture)))} {(anchor.Block is { } block ? Words.Fill(words.Record.Block, block.ToString(CultureInfo.InvariantCulture)) : "")}</p>
            <p class="soft">{words.Record.Finality[anchor.Finality.ToString()]}</p>
            {(note is null ? Html.Empty : Html.Of($"""<p class="warn">{note}</p>"""))}
            </section>
            """);
    }
}
