using System.ComponentModel;
using System.Text.Json;
using Credentials.VerifierWeb.Api;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>The request's shape for the description of the API.</summary>
internal sealed record AskForPresentation(
    [property: Description("level, degree or diploma.")] string? Query,
    [property: Description("For level: the least level of the European Qualifications Framework, 1 to 8.")] int? Level,
    [property: Description("A DCQL query of your own, in the place of query.")] JsonElement? Dcql,
    [property: Description("signed or unsigned.")] string? Mode,
    [property: Description("decentralized_identifier, x509_san_dns or x509_hash, as this verifier is set up; redirect_uri with unsigned.")] string? ClientIdPrefix,
    [property: Description("direct_post or direct_post.jwt.")] string? ResponseMode,
    [property: Description("Of a signed request: reference (by request_uri) or value.")] string? Delivery,
    [property: Description("get or post.")] string? RequestUriMethod);

/// <summary>The links of a question.</summary>
internal record PresentationLinks(string? RequestUri, string DeepLink, string WalletLink);

/// <summary>The answer's shape for the description of the API.</summary>
internal sealed record OpenedPresentation(
    [property: Description("For the asker alone: whoever has it reads the answer.")] string Id,
    string? RequestUri,
    string DeepLink,
    string WalletLink,
    string Qr,
    string StatusUrl,
    string Page,
    DateTimeOffset Expires,
    [property: Description("The same question for a wallet in the asker's own browser, whose answer is shown only after that browser came back.")] PresentationLinks SameDevice,
    JsonElement Dcql);

/// <summary>The answer's shape for the description of the API.</summary>
internal sealed record PresentationState(
    string Id,
    [property: Description("open, answered, refused or expired.")] string State,
    string Query,
    int? Level,
    DateTimeOffset Expires,
    [property: Description("The wallet has answered by the link of sameDevice, and the browser has not come back yet.")] bool? WaitingForReturn,
    [property: Description("verified, rejected or indeterminate: the worst of all presentations.")] string? Verdict,
    DateTimeOffset? At,
    [property: Description("Why the answer was refused.")] ProblemAnswer? Problem,
    IReadOnlyList<PresentationAnswer>? Presentations);

internal sealed record PresentationAnswer(
    [property: Description("The id of the credential query that it answers.")] string CredentialQuery,
    string Format,
    string Verdict,
    [property: Description("What was shown; absent unless the credential's signature holds.")] JsonElement? Claims,
    [property: Description("As of POST /presentations/verify.")] VerifyPresentationResponse Result);

/// <summary>What a wallet is told.</summary>
internal sealed record WalletReply(string? Error, string? ErrorDescription, string? RedirectUri);
