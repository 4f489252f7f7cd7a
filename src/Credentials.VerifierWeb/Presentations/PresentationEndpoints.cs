using System.Text.Json;
using Credentials.Encoding;
using Credentials.OpenId.Presentation;
using Credentials.VerifierWeb.Http;
using Credentials.VerifierWeb.Languages;
using Credentials.VerifierWeb.Options;
using Credentials.VerifierWeb.Presentations.Views;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Credentials.VerifierWeb.Presentations;

/// <summary>Asking holders for presentations: for askers, and for the wallets that answer.</summary>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html</remarks>
internal static class PresentationEndpoints
{
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";
    private const int MaxAsk = 64 * 1024;
    private const int MaxFetch = 64 * 1024;

    public static IServiceCollection AddPresentations(this IServiceCollection services) => services
        .AddSingleton(provider => RequestSigner.Read(provider.GetRequiredService<IOptions<VerifierOptions>>().Value).Require())
        .AddSingleton<PresentationStore>()
        .AddSingleton<PresentationDesk>()
        .AddSingleton<AnswerJudge>()
        .AddSingleton<ResponseDesk>()
        .AddCors(WalletCors.Configure);

    public static IEndpointRouteBuilder MapPresentations(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/presentations").WithTags("Wallets");
        group.MapPost("", AskAsync).DisableAntiforgery().WithName("askForPresentation").WithSummary("Asks a holder's wallet a question.")
            .WithDescription("query is level (with level 1 to 8), degree or diploma; or dcql is a query of your own. mode is signed (default) or unsigned; clientIdPrefix, responseMode (direct_post, direct_post.jwt), delivery (reference, value) and requestUriMethod (get, post) say how. The id in the answer is for you alone: the links carry others.")
            .Accepts<AskForPresentation>(Json, Form).Produces<OpenedPresentation>(StatusCodes.Status201Created, Json).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapGet("/{id}", Status).WithName("readPresentation").WithSummary("How a question stands: open, answered, refused or expired, with verdict, checks and the claims that were shown.")
            .WithDescription("An answer that came by a link of sameDevice is shown only with the response_code that the holder's browser was sent back with.")
            .Produces<PresentationState>(StatusCodes.Status200OK, Json).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{id}/qr.svg", Qr).WithSummary("The question as a QR code.").Produces(StatusCodes.Status200OK, contentType: "image/svg+xml").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{handle}/request", FetchAsync).RequireCors(WalletCors.Policy).WithSummary("The signed request object, for wallets.").Produces(StatusCodes.Status200OK, contentType: RequestObject.MediaType).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{handle}/request", FetchByPostAsync).DisableAntiforgery().RequireCors(WalletCors.Policy).WithSummary("The same, with the wallet's nonce (wallet_nonce) in it.").Produces(StatusCodes.Status200OK, contentType: RequestObject.MediaType).ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{handle}/response", RespondAsync).DisableAntiforgery().RequireCors(WalletCors.Policy).WithSummary("Where wallets post their answers (direct_post, direct_post.jwt).").Produces<WalletReply>(StatusCodes.Status200OK, Json).Produces<WalletReply>(StatusCodes.Status400BadRequest, Json);
        group.MapGet("/{id}/dc-request", DcRequest).WithSummary("The request for navigator.credentials.get; only with Verifier__DigitalCredentialsApi.").Produces(StatusCodes.Status200OK, contentType: Json).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/{id}/dc-response", DcRespondAsync).DisableAntiforgery().WithSummary("Where the page hands over what the browser gave it; from its own origin alone.").Produces<WalletReply>(StatusCodes.Status200OK, Json).Produces<WalletReply>(StatusCodes.Status400BadRequest, Json).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        app.MapDidDocument();
        return app;
    }

    private static async Task<IResult> AskAsync(HttpContext context, PresentationDesk desk, RequestSigner signer, IOptions<VerifierOptions> options, CancellationToken cancellationToken)
    {
        bool isForm = context.Request.HasFormContentType;
        if (await BoundedBody.ReadAsync(context.Request, MaxAsk, cancellationToken) is not { } body)
        {
            return TypedResults.Problem($"The body is larger than {MaxAsk} bytes.", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        Parsed<AskedFor> asked = isForm ? ReadForm(body, signer) : ReadJson(body, signer);
        if (!asked.Ok)
        {
            return TypedResults.Problem(asked.Problem.Detail, statusCode: StatusCodes.Status422UnprocessableEntity, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["pointer"] = asked.Problem.Pointer });
        }

        if (await desk.OpenAsync(asked.Value, NetworkPartition.Of(context.Connection.RemoteIpAddress), cancellationToken) is not { } session)
        {
            return isForm ? PresentationPages.Full(context) : TypedResults.Problem("Too many questions are open here; try again in a minute.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        if (isForm)
        {
            PresentationCookie.Append(context.Response, session, session.Claim()!, options.Value);
            context.Response.Headers.Location = PresentationPages.PageOf(session, LanguageTable.Choose(context.Request).Tag);
            return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
        }

        string baseUrl = options.Value.PublicBaseUrl.TrimEnd('/');
        context.Response.Headers.Location = $"/presentations/{session.Id}";
        return new BytesResult(StatusCodes.Status201Created, Json, PresentationJson.Opened(session, baseUrl, PresentationJson.WalletOf(options.Value.WalletBaseUrl)));
    }

    private static IResult Status(string id, HttpContext context, PresentationStore store, TimeProvider clock)
    {
        if (store.Find(id) is not { } session)
        {
            return Missing();
        }

        PresentationOutcome? outcome = session.OutcomeFor(PresentationCookie.IsOwner(context.Request, session), context.Request.Query["response_code"].ToString());
        return new BytesResult(StatusCodes.Status200OK, Json, PresentationJson.State(session, outcome, clock.GetUtcNow()));
    }

    private static IResult Qr(string id, PresentationStore store) => store.Find(id) is not { } session ? Missing()
        : QrMarkup.File(session.CrossDevice.Link!.ToUri(AuthorizationRequest.DeepLink)) is { } code ? TypedResults.Text(code, "image/svg+xml")
        : TypedResults.Problem("The request stands in the link itself, and no QR code holds as much: use the link, or delivery \"reference\".", statusCode: StatusCodes.Status404NotFound);

    private static async Task<IResult> FetchAsync(string handle, PresentationStore store, PresentationDesk desk, TimeProvider clock, CancellationToken cancellationToken) =>
        FindOpen(handle, store, clock) is { } found ? new BytesResult(StatusCodes.Status200OK, RequestObject.MediaType, System.Text.Encoding.ASCII.GetBytes(await desk.RequestObjectAsync(found, walletNonce: null, cancellationToken))) : Missing();

    private static async Task<IResult> FetchByPostAsync(string handle, HttpRequest request, PresentationStore store, PresentationDesk desk, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (FindOpen(handle, store, clock) is not { } found)
        {
            return Missing();
        }

        Parsed<Dictionary<string, string>> form = await BoundedBody.ReadAsync(request, MaxFetch, cancellationToken) is { } body && request.ContentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) != false
            ? FormText.Read(System.Text.Encoding.UTF8.GetString(body))
            : new Problem(PresentationError.InvalidRequest, $"The body is a form ({Form}).");

        // wallet_metadata: this verifier asks alike whatever a wallet can do; it must only be what it says it is.
        return !form.Ok ? TypedResults.Problem(form.Problem.Detail, statusCode: StatusCodes.Status400BadRequest)
            : form.Value.TryGetValue("wallet_metadata", out string? metadata) && StrictJson.Parse(System.Text.Encoding.UTF8.GetBytes(metadata), MaxFetch) is not { Value.RootElement.ValueKind: JsonValueKind.Object } ? TypedResults.Problem("The wallet_metadata are no JSON object.", statusCode: StatusCodes.Status400BadRequest)
            : new BytesResult(StatusCodes.Status200OK, RequestObject.MediaType, System.Text.Encoding.ASCII.GetBytes(await desk.RequestObjectAsync(found, form.Value.GetValueOrDefault("wallet_nonce"), cancellationToken)));
    }

    private static async Task<IResult> RespondAsync(string handle, HttpRequest request, PresentationStore store, ResponseDesk responses, CancellationToken cancellationToken)
    {
        if (request.ContentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) != true || await BoundedBody.ReadAsync(request, VpToken.MaxLength, cancellationToken) is not { } body)
        {
            return Answer(new(StatusCodes.Status400BadRequest, new(PresentationError.InvalidRequest, $"The answer is a form ({Form}) of at most 4 MiB.")));
        }

        return store.FindHandle(handle) is { Handle.Link: not null } found
            ? Answer(await responses.TakeFormAsync(found.Session, found.Handle, body))
            : Answer(new(StatusCodes.Status400BadRequest, new(PresentationError.InvalidRequest, "There is no such request, or it has expired.")));
    }

    private static IResult DcRequest(string id, PresentationStore store) => store.Find(id) is { Browser: { } browser }
        ? new BytesResult(StatusCodes.Status200OK, Json, JsonSerializer.SerializeToUtf8Bytes(Describe(browser.RequestObject is { } signed ? DcApiRequest.Of(signed) : DcApiRequest.Of(browser.Request))))
        : Missing();

    private static async Task<IResult> DcRespondAsync(string id, HttpRequest request, PresentationStore store, PresentationDesk desk, ResponseDesk responses, CancellationToken cancellationToken)
    {
        if (store.Find(id) is not { Browser: not null } session)
        {
            return Missing();
        }

        // The browser says from which page the answer comes; another page has no business here.
        if (request.Headers.Origin.ToString() != desk.Origin)
        {
            return TypedResults.Problem("Answers through the browser are taken from this verifier's own page alone.", statusCode: StatusCodes.Status403Forbidden);
        }

        return await BoundedBody.ReadAsync(request, VpToken.MaxLength, cancellationToken) is { } body
            ? Answer(await responses.TakeDcApiAsync(session, body))
            : Answer(new(StatusCodes.Status400BadRequest, new(PresentationError.InvalidRequest, "The answer is too large.")));
    }

    private static Dictionary<string, object> Describe(DcApiRequest request) => new(StringComparer.Ordinal) { ["protocol"] = request.Protocol, ["data"] = request.Data };

    private static RequestHandle? FindOpen(string handle, PresentationStore store, TimeProvider clock) =>
        store.FindHandle(handle) is { Session.Closing: null, Handle: { RequestObject: not null, Link: not null } found } all && all.Session.Expires > clock.GetUtcNow() ? found : null;

    private static Parsed<AskedFor> ReadForm(byte[] body, RequestSigner signer) =>
        FormText.Read(System.Text.Encoding.UTF8.GetString(body)) is { Ok: true, Value: { } fields } ? AskedForReader.Read(fields, dcql: null, signer) : new Problem(PresentationError.InvalidRequest, "The form cannot be read.", "");

    private static Parsed<AskedFor> ReadJson(byte[] body, RequestSigner signer)
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(body, MaxAsk);
        if (!parsed.Ok)
        {
            return parsed.Problem;
        }

        using JsonDocument document = parsed.Value;
        return AskedForReader.Read(document.RootElement, signer);
    }

    private static BytesResult Answer(DirectPostReply reply) => new(reply.Status, Json, PresentationJson.Reply(reply));

    private static ProblemHttpResult Missing() => TypedResults.Problem("There is no such question, or it was answered or forgotten.", statusCode: StatusCodes.Status404NotFound);
}
