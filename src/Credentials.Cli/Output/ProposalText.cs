using System.Globalization;
using System.Text.Json;
using Credentials.DataModel;
using Credentials.OpenId.Presentation;
using Credentials.OpenId.Wallet.Presenting;

namespace Credentials.Cli.Output;

/// <summary>Who asks, where the answer goes, and what would be seen: all of it, for the holder to agree to. Everything in it was written by strangers.</summary>
internal static class ProposalText
{
    private const int MaxName = 300;
    private const int MaxValue = 4000;

    /// <summary>Who gets an answer.</summary>
    public static async Task WriteAskerAsync(TextWriter said, CheckedRequest request)
    {
        AuthorizationRequest asked = request.Request;
        await said.WriteLineAsync(request.IsSigned ? $"{Show(asked.Client!.Text)} asks, and signed its request." : "Somebody who did not sign asks: who it is is unknown.");
        if (request.IsSigned && WhoIs(asked.Client!) is { } standing)
        {
            await said.WriteLineAsync(standing);
        }

        await said.WriteLineAsync($"The answer goes to {Show(HostOf(asked.ResponseUri!))} ({Show(asked.ResponseUri!)}).");
    }

    /// <summary>What would be seen.</summary>
    public static async Task WriteShownAsync(TextWriter said, IReadOnlyList<ShownCredential> credentials)
    {
        await said.WriteLineAsync("They would see:");
        foreach (ShownCredential shown in credentials)
        {
            await said.WriteLineAsync($"  of {Show(shown.Held.Id)} ({Show(shown.Held.Format)}){(shown.IsWhole ? ", all of it" : "")}:");
            foreach ((string pointer, JsonElement value) in shown.Disclosed)
            {
                await said.WriteLineAsync($"    {Line(pointer, value)}");
            }

            if (shown.NeverWithheld is { Count: > 0 } always)
            {
                await said.WriteLineAsync("    and what this form never withholds:");
                foreach ((string pointer, JsonElement value) in always)
                {
                    await said.WriteLineAsync($"      {Line(pointer, value)}");
                }
            }
        }
    }

    /// <summary>Text that strangers wrote, as a name.</summary>
    public static string Show(string text) => DisplayText.Of(text, MaxName);

    private static string Line(string pointer, JsonElement value)
    {
        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        string cut = text.Length <= MaxValue ? "" : string.Create(CultureInfo.InvariantCulture, $" (cut here; {text.Length:N0} characters in all, see: credentials wallet list --json)");
        return $"{Show(pointer[1..])}: {DisplayText.Of(text, MaxValue)}{cut}";
    }

    // A DID that is a key says nothing but that somebody has the key: anybody makes one in a moment.
    private static string? WhoIs(ClientIdentifier client) => client.Prefix switch
    {
        ClientIdentifier.DecentralizedIdentifier when client.Original.StartsWith("did:jwk:", StringComparison.Ordinal) || client.Original.StartsWith("did:key:", StringComparison.Ordinal) =>
            "That is a name which anybody can make for himself: who it is is unknown.",
        ClientIdentifier.X509Hash => "That is the digest of a certificate which a root of the trust file vouches for.",
        _ => null,
    };

    private static string HostOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? place) ? place.IdnHost : url;
}
