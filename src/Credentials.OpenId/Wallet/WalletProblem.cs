using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.OpenId.Wallet;

/// <summary>What may go wrong between a wallet and the parties that it talks to. A refusal by one of them carries the protocol's own code (<c>invalid_grant</c>, <c>invalid_proof</c>, …) instead.</summary>
public static class WalletProblem
{
    /// <summary>No answer: host not found, connection refused, too slow. Another try may help.</summary>
    public const string NoAnswer = "NO_ANSWER";

    /// <summary>An answer that the protocol does not allow: redirect, other media type, too long, members missing.</summary>
    public const string UnexpectedAnswer = "UNEXPECTED_ANSWER";

    /// <summary>Somebody else answers than was asked: the mark of a mix-up.</summary>
    public const string WrongParty = "WRONG_PARTY";

    /// <summary>The offer or the request asks for something that is not done here.</summary>
    public const string Unsupported = "UNSUPPORTED_BY_WALLET";

    /// <summary>The offer or the request breaks a rule of its specification.</summary>
    public const string MalformedMessage = "MALFORMED_MESSAGE";

    /// <summary>A request for a presentation that is not shown to come from whom it names.</summary>
    public const string RequestNotAuthentic = "REQUEST_NOT_AUTHENTIC";

    /// <summary>The wallet holds nothing that answers the request.</summary>
    public const string NothingToShow = "NOTHING_TO_SHOW";

    /// <summary>What came is not what was asked for: a credential bound to another key, or of another form.</summary>
    public const string WrongCredential = "WRONG_CREDENTIAL";

    /// <summary>The issuer wants the transaction code that it gave to the learner by another way.</summary>
    public const string TransactionCodeNeeded = "TRANSACTION_CODE_NEEDED";

    /// <summary>The issuer has the request and needs more time than the wallet waits.</summary>
    public const string StillDeferred = "STILL_DEFERRED";

    private const int MaxQuoted = 300;

    internal static Problem Unexpected(string detail) => new(UnexpectedAnswer, detail);

    internal static Problem Malformed(string detail) => new(MalformedMessage, detail);

    /// <summary>What an error answer says, in the words of RFC 6749 section 5.2; what it says in no such words is an unexpected answer.</summary>
    internal static Problem Refusal(WalletAnswer answer, string who)
    {
        if (answer.IsJson && StrictJson.Parse(answer.Body) is { Ok: true, Value: { } document })
        {
            using (document)
            {
                if (TextOf(document.RootElement, "error") is { Length: > 0 } error)
                {
                    return new(error, $"{who} refused: {TextOf(document.RootElement, "error_description") ?? error}");
                }
            }
        }

        return Unexpected($"{who} answered HTTP {answer.Status}.");
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text
            ? new string([.. text.Take(MaxQuoted).Where(letter => !char.IsControl(letter))])
            : null;
}
