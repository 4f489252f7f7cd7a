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
    private bool _released;

    public string Id => id;

    public Question Question => question;

    public DateTimeOffset Expires => created + OpenFor;

    public DateTimeOffset Forgotten => created + KeptFor;

    /// <summary>The handle that a QR code carries to another device.</summary>
    public required RequestHandle CrossDevice { get; init; }

    /// <summary>The handle of the link on the asker's own device, whose answer is shown only to the browser that comes back with its code.</summary>
    public required RequestHandle SameDevice { get; init; }

    /// <summary>The handle of a request through the browser; null where that is switched off.</summary>
    public RequestHandle? Browser { get; init; }

    /// <summary>The key to which this answer alone is encrypted; null when answers are not.</summary>
    public KeyAgreementKey? ResponseKey { get; init; }

    /// <summary>What came of it; null while open.</summary>
    public PresentationOutcome? Outcome { get; private set; }

    /// <summary>The code with which the browser must come back before it sees the answer; null when it need not.</summary>
    public string? ResponseCode { get; private set; }

    /// <summary>Every handle.</summary>
    public IEnumerable<RequestHandle> Handles => Browser is { } browser ? [CrossDevice, SameDevice, browser] : [CrossDevice, SameDevice];

    /// <summary>Whether the answer waits for the browser to come back.</summary>
    public bool IsLocked => ResponseCode is not null && !_released;

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
    /// <param name="responseCode">The code that releases it; null to show it at once.</param>
    public void Close(PresentationOutcome outcome, string? responseCode) => (ResponseCode, Outcome) = (responseCode, outcome);

    /// <summary>Shows the answer to whoever comes back with its code.</summary>
    public bool Release(string code)
    {
        bool matches = ResponseCode is { } expected && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(expected), System.Text.Encoding.UTF8.GetBytes(code));
        _released |= matches;
        return matches;
    }

    public void Dispose() => ResponseKey?.Dispose();
}

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
/// <param name="Status">200, or 400 for an answer that is refused.</param>
/// <param name="Error">The problem; null with 200.</param>
/// <param name="RedirectUri">Where the wallet sends the holder's browser; null when it need not.</param>
internal sealed record DirectPostReply(int Status, Problem? Error = null, string? RedirectUri = null);
