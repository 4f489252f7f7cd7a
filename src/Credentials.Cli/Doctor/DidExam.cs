using Credentials.Cli.Trust;
using Credentials.Dids;

namespace Credentials.Cli.Doctor;

/// <summary>Pinned DID documents: can they be read, have they keys that may sign, and does the live document still say the same.</summary>
internal static class DidExam
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(string place, TrustedOutside outside, CancellationToken cancellationToken)
    {
        Parsed<DidDocument> pinned = await outside.PinAsync(place, cancellationToken);
        if (!pinned.Ok)
        {
            return [Finding.Bad($"DID document {place}", pinned.Problem.Detail, "Correct the entry in didDocuments of the trust file, or fetch the document anew from its issuer.")];
        }

        DidDocument document = pinned.Value;
        string[] keys = [.. document.AssertionMethods.Where(id => document.Find(id) is { Key.Ok: true })];
        return
        [
            keys.Length > 0
                ? Finding.Good(document.Id, $"pinned with {keys.Length} key(s) that may sign credentials")
                : Finding.Bad(document.Id, "the pinned document has no readable key that may sign credentials", "Ask the institution for its present DID document."),
            await LiveAsync(document, keys, outside, cancellationToken),
        ];
    }

    private static async Task<Finding> LiveAsync(DidDocument pinned, IReadOnlyList<string> keys, TrustedOutside outside, CancellationToken cancellationToken)
    {
        Parsed<DidDocument> live = await DidResolver.Online(outside.Fetcher).ResolveAsync(pinned.Id, cancellationToken);
        if (!live.Ok)
        {
            return Finding.Bad(pinned.Id, $"the live document cannot be had: {live.Problem.Detail}", "What is pinned goes on to count. Tell the institution that its web address does not serve its DID document.");
        }

        string[] gone = [.. keys.Where(id => !live.Value.AssertionMethods.Contains(id, StringComparer.Ordinal))];
        return gone.Length == 0
            ? Finding.Good(pinned.Id, "the live document lists the pinned keys")
            : Finding.Bad(pinned.Id, $"the live document no longer lists {string.Join(", ", gone)}", "Ask the institution whether the key was retired or stolen; pin its present document if it was stolen.");
    }
}
