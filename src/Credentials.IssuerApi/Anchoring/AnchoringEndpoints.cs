using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Anchoring;

internal static class AnchoringEndpoints
{
    private const int UsualPage = 50;
    private const int LargestPage = 500;

    public static void MapAnchoring(this IEndpointRouteBuilder app)
    {
        app.MapGet("/anchors", ListAsync).RequireAuthorization(Role.Any).WithTags("Anchors")
            .WithSummary("How anchoring fares: what waits, what it costs, what stands in the way. A registrar sees the own institution, the administrator all");
        RouteGroupBuilder group = app.MapGroup("/anchoring").WithTags("Anchors");
        group.MapGet("/transactions", ListTransactionsAsync).RequireAuthorization(Role.Any)
            .WithSummary("Every call of the registry, the newest first: its state, its attempts, what each cost, what stands in its way");
        group.MapPost("/transactions/{id:long}/cancel", CancelAsync).RequireAuthorization(Role.Administrator).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Takes an anchor, a succession, a distrust or a call of operators back that is not in the chain yet: an empty transaction takes its nonce. A batch's credentials wait in the queue again");
        group.MapPost("/pause", PauseAsync).RequireAuthorization(Role.Administrator)
            .WithSummary("From now on nothing new is sealed, signed or sent, by any process, until it is resumed. What was sent is followed");
        group.MapPost("/resume", ResumeAsync).RequireAuthorization(Role.Administrator).WithSummary("Ends the pause");
        group.MapPost("/flush", FlushAsync).RequireAuthorization(Role.Any).ProducesProblem(403)
            .WithSummary("Seals what is queued now without waiting for more. A registrar flushes the own institution, the administrator all");
    }

    private static async Task<Ok<AnchoringReport>> ListAsync(long? before, int? limit, Caller caller, AnchoringReports reports, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reports.ReadAsync(caller.InstitutionId, before ?? long.MaxValue, PageOf(limit), cancellationToken));

    private static async Task<Ok<TransactionReport>> ListTransactionsAsync(long? before, int? limit, Caller caller, TransactionReports reports, CancellationToken cancellationToken) =>
        TypedResults.Ok(await reports.ReadAsync(caller.InstitutionId, before ?? long.MaxValue, PageOf(limit), cancellationToken));

    private static async Task<Results<Ok<TransactionItem>, ProblemHttpResult>> CancelAsync(
        long id, Caller caller, TransactionCancelling cancelling, TransactionReports reports, CancellationToken cancellationToken) =>
        await cancelling.CancelAsync(id, caller, cancellationToken) switch
        {
            CancelOutcome.Missing => ApiProblem.Missing("transaction"),
            CancelOutcome.Bound => ApiProblem.Of(StatusCodes.Status409Conflict, ApiProblem.Conflict, "Only an anchor, a succession's offer or acceptance, a distrust and a call of operators can be taken back. This issuer has acted on any other: a revoked diploma, say, would stay revoked here and good on the chain, for ever. It is tried until the chain has it; what stands in its way is told with the transaction."),
            CancelOutcome.TooLate => ApiProblem.Of(StatusCodes.Status409Conflict, ApiProblem.Conflict, "This transaction is in the chain, or over: there is nothing left to cancel. What is on the chain can be revoked or distrusted, not undone."),
            _ => TypedResults.Ok((await reports.FindAsync(id, CancellationToken.None))!),
        };

    private static async Task<Ok<AnchoringOrdersReport>> PauseAsync(Caller caller, AnchoringOrders orders, CancellationToken cancellationToken)
    {
        await orders.PauseAsync(caller, cancellationToken);
        return await TellAsync(caller, orders);
    }

    private static async Task<Ok<AnchoringOrdersReport>> ResumeAsync(Caller caller, AnchoringOrders orders, CancellationToken cancellationToken)
    {
        await orders.ResumeAsync(caller, cancellationToken);
        return await TellAsync(caller, orders);
    }

    private static async Task<Results<Ok<AnchoringOrdersReport>, ProblemHttpResult>> FlushAsync(Caller caller, AnchoringOrders orders, CancellationToken cancellationToken)
    {
        if (caller.Role == Role.Reader)
        {
            return ApiProblem.Of(StatusCodes.Status403Forbidden, ApiProblem.Forbidden, "A reader's key changes nothing. Use a registrar's.");
        }

        await orders.FlushAsync(caller, cancellationToken);
        return await TellAsync(caller, orders);
    }

    private static async Task<Ok<AnchoringOrdersReport>> TellAsync(Caller caller, AnchoringOrders orders)
    {
        AnchoringPause? pause = await orders.PauseAsync(CancellationToken.None);
        return TypedResults.Ok(new AnchoringOrdersReport(pause?.Since, pause?.Actor, await orders.FlushesAsync(caller.InstitutionId, CancellationToken.None)));
    }

    private static int PageOf(int? limit) => Math.Clamp(limit ?? UsualPage, 1, LargestPage);
}
