using System.Text.Json;
using Credentials.Encoding;
using Credentials.Jose;
using Credentials.OpenId.Presentation;
using Credentials.OpenId.Presentation.Dcql;

namespace Credentials.OpenId.Wallet.Presenting;

/// <summary>What a wallet would show to a verifier, for its holder to see before anything is sent.</summary>
/// <param name="Request">Who asks, and for what.</param>
/// <param name="Shown">The credentials, with what would be seen of each.</param>
public sealed record PresentationProposal(CheckedRequest Request, IReadOnlyList<ShownCredential> Shown);

/// <summary>One credential as it would be shown.</summary>
/// <param name="QueryId">The credential query that it answers.</param>
/// <param name="Held">The credential.</param>
/// <param name="Match">The pointers to what was asked, and to what is disclosed for it.</param>
public sealed record ShownCredential(string QueryId, HeldCredential Held, DcqlMatch Match)
{
    /// <summary>Whether the format withholds nothing, so that the verifier sees all of it.</summary>
    public bool IsWhole => Held.Format != CredentialFormat.SdJwtVc;

    /// <summary>What is disclosed beside what every verifier sees: pointer and JSON value. Of a format that withholds nothing, every member of the credential.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> Disclosed => IsWhole ? Members(Match.Credential.Json) : Seen(static (json, pointers) =>
        [.. pointers.Select(pointer => KeyValuePair.Create(pointer, JsonPointer.Find(json, pointer) ?? default))]);

    /// <summary>What every verifier sees, whatever it asks for: the members that the issuer left no choice about, with whatever is disclosed inside them. Empty where <see cref="IsWhole"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement>> NeverWithheld => IsWhole ? [] : Seen(static (json, pointers) =>
        [.. Members(json).Where(member => !pointers.Contains(member.Key, StringComparer.Ordinal))]);

    // Read from what would be sent, not from what was asked: no difference between the two can hide anything.
    private IReadOnlyList<KeyValuePair<string, JsonElement>> Seen(Func<JsonElement, IReadOnlyList<string>, IReadOnlyList<KeyValuePair<string, JsonElement>>> choose)
    {
        SdJwt held = SdJwt.Open(System.Text.Encoding.ASCII.GetBytes(Held.Credential)).Require();
        SdJwt sent = SdJwt.Open(held.Present([.. Match.Disclosures]).Require()).Require();
        using var payload = JsonDocument.Parse(sent.Payload, new() { MaxDepth = StrictJson.MaxDepth });
        return choose(payload.RootElement.Clone(), sent.DisclosedPointers);
    }

    private static IReadOnlyList<KeyValuePair<string, JsonElement>> Members(JsonElement json) => [.. json.EnumerateObject().Select(member => KeyValuePair.Create(JsonPointer.Member("", member.Name), member.Value))];
}

/// <summary>What a verifier answered to an answer.</summary>
/// <param name="RedirectUri">Where the holder's browser shall go on, if the verifier says so: an http or https URL.</param>
public sealed record PresentationReceipt(Uri? RedirectUri);
