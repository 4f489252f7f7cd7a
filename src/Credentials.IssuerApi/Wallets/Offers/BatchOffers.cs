using System.Text.Json;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Batches;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Wallets.Offers;

/// <summary>Offers of all credentials of a batch, as NDJSON: a line is written when its offer is stored.</summary>
internal sealed class BatchOffers(BatchStore batches, BatchQueries queries, OfferMaking making, IDatabase database, IOptions<WalletOptions> options)
{
    // A transaction each: long enough to be worth it, short enough to be made again when others came first.
    private const int Chunk = 20;

    private static readonly byte[] s_lineEnd = [(byte)'\n'];

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/batches/{id}/offers", (string id, long? after, Caller caller, HttpContext context, BatchOffers offers, CancellationToken cancellationToken) => offers.MakeAsync(id, after ?? 0, caller, context, cancellationToken))
        .RequireAuthorization(Role.Registrar).Accepts<OfferRequest>("application/json").Produces(200, contentType: "application/x-ndjson").ProducesProblem(400).ProducesProblem(404)
        .WithTags("Wallets").WithSummary("Offers every credential of a batch: one line of NDJSON for each, in the order of its lines; after=LINE goes on behind a line whose answer arrived");

    private async Task<IResult> MakeAsync(string id, long after, Caller caller, HttpContext context, CancellationToken cancellationToken)
    {
        (OfferRequest? message, ProblemHttpResult? refusal) = await RequestBody.ReadMessageAsync(context.Request, IssuerJson.Default.OfferRequest, cancellationToken);
        if (message is null)
        {
            return refusal!;
        }

        if (message.Validate(options.Value.LongestOfferLifetime) is { Count: > 0 } problems)
        {
            return ApiProblem.Invalid(problems);
        }

        return await batches.FindAsync(caller.Institution, id, cancellationToken) is null
            ? ApiProblem.Missing("batch")
            : Results.Stream(output => WriteAsync(output, id, after, message, caller, cancellationToken), "application/x-ndjson");
    }

    private async Task WriteAsync(Stream output, string id, long after, OfferRequest request, Caller caller, CancellationToken cancellationToken)
    {
        while (await queries.CredentialsAsync(id, after, Chunk, cancellationToken) is { Items: { Count: > 0 } page })
        {
            IReadOnlyList<OfferLine> lines = await database.WriteAsync(
                async transaction =>
                {
                    List<OfferLine> made = [];
                    foreach (BatchCredential item in page)
                    {
                        CredentialRecord credential = (await CredentialStore.FindAsync(transaction, caller.Institution, item.Id))!;
                        (OfferAnswer? offer, ProblemHttpResult? refusal) = await making.MakeAsync(transaction, credential, request, caller);
                        made.Add(offer is null
                            ? OfferLine.Of(item.Line, item.Id, new ProblemItem(refusal!.ProblemDetails.Type!, (string)refusal.ProblemDetails.Extensions["code"]!, refusal.ProblemDetails.Detail!, null))
                            : OfferLine.Of(item.Line, item.Id, offer));
                    }

                    return made;
                },
                cancellationToken);
            foreach (OfferLine line in lines)
            {
                await JsonSerializer.SerializeAsync(output, line, IssuerJson.Default.OfferLine, cancellationToken);
                await output.WriteAsync(s_lineEnd, cancellationToken);
            }

            await output.FlushAsync(cancellationToken);
            after = page[^1].Line;
        }
    }
}
