using System.Diagnostics.CodeAnalysis;
using Credentials.Jose.Encryption;
using Credentials.OpenId.Presentation;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>One question to one holder, from the asking to the answer. In memory only.</summary>
/// <param name="id">Known to the asker alone: whoever has it reads the answer.</param>
/// <param name="question">What is asked.</param>
/// <param name="created">When it was asked.</param>
internal sealed class PresentationSession(string id, Question question, DateTimeOffset created) : IDisposable
{
    /// <summary>How long a question may be answered.</summary>
    public static readonly TimeSpan OpenFor = TimeSpan.FromMinutes(5);

    /// <summary>How long it is kept, answered or not.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private string? _answeredBy;
    private Task<DirectPostReply>? _reply;
    private string? _owner;
    private volatile Closing? _closing;

    public string Id => id;

    public Question Question => question;

    public DateTimeOffset Expires => created + OpenFor;

    public DateTimeOffset Forgotten => created + KeptFor;

    /// <summary>From where it was asked; see <see cref="Http.NetworkPartition"/>.</summary>
    public required string Partition { get; init; }

    /// <summary>The handle that a QR code carries to another device.</summary>
    public required RequestHandle CrossDevice { get; init; }

    /// <summary>The handle of the link on the asker's own device, whose answer is shown only to the browser that comes back with its code.</summary>
    public required RequestHandle SameDevice { get; init; }

    /// <summary>The handle of a request through the browser; null where that is switched off.</summary>
    public RequestHandle? Browser { get; init; }

    /// <summary>The key to which this answer alone is encrypted; null when answers are not.</summary>
    public KeyAgreementKey? ResponseKey { get; init; }

    /// <summary>What came of it, and who may see it; null while open. Replaced as one, so that nobody reads an answer without its lock.</summary>
    public Closing? Closing => _closing;

    /// <summary>Every handle.</summary>
    public IEnumerable<RequestHandle> Handles => Browser is { } browser ? [CrossDevice, SameDevice, browser] : [CrossDevice, SameDevice];

    /// <summary>Gives the page to the browser that asks for it first.</summary>
    /// <returns>The secret by which that browser is known from now on; null when the page is another's.</returns>
    public string? Claim()
    {
        string secret = PresentationDesk.Secret();
        return Interlocked.CompareExchange(ref _owner, secret, null) is null ? secret : null;
    }

    /// <summary>Whether the secret is the one of the browser that asked.</summary>
    public bool IsOwner(string? secret) => secret is not null && _owner is { } owner && Same(owner, secret);

    /// <summary>Takes the first complete answer, and it alone; the same bytes again get the same reply, others none.</summary>
    /// <param name="digest">Of the bytes as received.</param>
    /// <param name="judge">Judges the answer.</param>
    /// <param name="reply">What the wallet is told; null for another answer than the first.</param>
    public bool TryAnswer(string digest, Func<Task<DirectPostReply>> judge, [NotNullWhen(true)] out Task<DirectPostReply>? reply)
    {
        lock (_gate)
        {
            if (_answeredBy is null)
            {
                (_answeredBy, _reply) = (digest, Task.Run(judge));
            }

            reply = _answeredBy == digest ? _reply : null;
            return reply is not null;
        }
    }

    /// <summary>Closes the question.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="responseCode">The code with which the asker must come back before he sees it; null to show it at once.</param>
    public void Close(PresentationOutcome outcome, string? responseCode) => _closing = new(outcome, responseCode, IsReleased: false);

    /// <summary>Shows the answer to the browser that asked, which has come back with the code.</summary>
    public bool Release(string code)
    {
        if (_closing is not { ResponseCode: { } expected } closing || !Same(expected, code))
        {
            return false;
        }

        _closing = closing with { IsReleased = true };
        return true;
    }

    /// <summary>What somebody gets to see: all where no code is asked for; else the browser that asked once it has come back, and whoever has the code.</summary>
    /// <param name="isOwner">Whether it is the browser that asked.</param>
    /// <param name="code">The code that he brings; null for none.</param>
    public PresentationOutcome? OutcomeFor(bool isOwner, string? code) => _closing is { } closing
        && (closing.ResponseCode is not { } expected || (isOwner && closing.IsReleased) || (code is not null && Same(expected, code))) ? closing.Outcome : null;

    public void Dispose() => ResponseKey?.Dispose();

    private static bool Same(string expected, string given) =>
        System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(expected), System.Text.Encoding.UTF8.GetBytes(given));
}

/// <summary>What came of a question, and whether it waits for the asker to come back.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="ResponseCode">What the asker must bring; null for nothing.</param>
/// <param name="IsReleased">Whether the browser that asked has brought it.</param>
internal sealed record Closing(PresentationOutcome Outcome, string? ResponseCode, bool IsReleased);

/// <summary>One way in which a question reaches a wallet: what it is called there, and the request. The id in it is not the asker's.</summary>
/// <param name="Id">In the addresses of request and response.</param>
/// <param name="Request">The request.</param>
/// <param name="ByPost">Whether wallets are told that they may fetch it by POST.</param>
/// <param name="Link">What link and QR code carry; null through the browser.</param>
internal sealed record RequestHandle(string Id, AuthorizationRequest Request, bool ByPost, RequestLink? Link)
{
    /// <summary>The signed request as it was given out without a wallet's nonce; null when it is unsigned.</summary>
    public string? RequestObject { get; init; }
}

/// <summary>What the wallet is told: status and JSON.</summary>
/// <param name="Status">200, 400 for an answer that is refused, or 503 for one that may be sent again.</param>
/// <param name="Error">The problem; null with 200.</param>
/// <param name="RedirectUri">Where the wallet sends the holder's browser; null when it need not.</param>
internal sealed record DirectPostReply(int Status, Problem? Error = null, string? RedirectUri = null);
