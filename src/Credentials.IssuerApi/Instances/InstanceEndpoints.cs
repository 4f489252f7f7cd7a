using System.Text.Json;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Status;
using Credentials.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Credentials.IssuerApi.Instances;

internal static class InstanceEndpoints
{
    public static void MapInstances(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/issuers").WithTags("Instances");
        group.MapGet("", List).WithSummary("The issuing instances of the configuration");
        group.MapPost("/{name}/credentials/issue", IssueAsync).Accepts<object>("application/json").ProducesProblem(400).ProducesProblem(404).ProducesProblem(413).ProducesProblem(415)
            .WithSummary("Secures a credential in the instance's form (VC-API); options: mandatoryPointers");
        group.MapPost("/{name}/credentials/status", UpdateStatusAsync).Accepts<UpdateStatus>("application/json").ProducesProblem(400).ProducesProblem(404)
            .WithSummary("Revokes a credential of the instance, or takes it back (VC-API)");
        app.MapGet("/status-lists/{name}/{purpose}", GetListAsync).AllowPublicReading().Produces(200, contentType: StatusListAnswer.MediaType).ProducesProblem(404)
            .WithTags("Status").WithSummary("A signed Bitstring Status List credential");
    }

    private static Ok<IReadOnlyList<InstanceInfo>> List(IssuingInstances instances) => TypedResults.Ok<IReadOnlyList<InstanceInfo>>(
        [.. instances.All.Select(instance => new InstanceInfo(instance.Name, instance.Did, instance.Form.Name, CurveOf(instance.KeyType), $"/issuers/{instance.Name}/credentials/issue", instance.StatusList?.Url.AbsoluteUri))]);

    private static async Task<Results<Created<InstanceCredential>, ProblemHttpResult>> IssueAsync(string name, HttpRequest request, IssuingInstances instances, CancellationToken cancellationToken)
    {
        if (!instances.TryFind(name, out IssuingInstance? instance))
        {
            return ApiProblem.Missing("issuer");
        }

        (JsonDocument? body, ProblemHttpResult? refusal) = await RequestBody.ReadDocumentAsync(request, RequestBody.MaxCredentialRequest, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        using JsonDocument document = body;
        Parsed<InstanceRequest> parsed = InstanceRequest.Parse(document.RootElement);
        InstanceAnswer answer = parsed.Ok ? await InstanceIssuing.IssueAsync(instance, parsed.Value, cancellationToken) : InstanceAnswer.Refused(parsed.Problem);
        return answer.Credential is { } credential
            ? TypedResults.Created((string?)null, new InstanceCredential(new RawJson(credential)))
            : ApiProblem.Invalid(answer.Problems);
    }

    private static async Task<Results<Ok<StatusInfo>, ProblemHttpResult>> UpdateStatusAsync(string name, HttpRequest request, IssuingInstances instances, CancellationToken cancellationToken)
    {
        if (!instances.TryFind(name, out IssuingInstance? instance) || instance.StatusList is not { } list)
        {
            return ApiProblem.Missing("status list");
        }

        (UpdateStatus? message, ProblemHttpResult? refusal) = await RequestBody.ReadMessageAsync(request, IssuerJson.Default.UpdateStatus, cancellationToken);
        if (message is null)
        {
            return refusal!;
        }

        if (message.Validate() is { Count: > 0 } problems)
        {
            return ApiProblem.Invalid(problems);
        }

        return message.CredentialStatus is not [{ StatusPurpose: StatusPurpose.Revocation } update]
            ? ApiProblem.Invalid(new Problem(ProblemCode.MalformedValueError, "This instance keeps the purpose revocation, and no other.", "/credentialStatus"))
            : list.TrySet(message.CredentialId, update.Status)
                ? TypedResults.Ok(new StatusInfo(message.CredentialId, Revoked: update.Status, Suspended: false))
                : ApiProblem.Missing("credential");
    }

    private static async Task<IResult> GetListAsync(string name, string purpose, HttpContext context, IssuingInstances instances, CancellationToken cancellationToken) =>
        purpose == StatusPurpose.Revocation && instances.TryFind(name, out IssuingInstance? instance) && instance.StatusList is { } list
            ? StatusListAnswer.Of(context, await list.SignAsync(cancellationToken), TimeSpan.Zero)
            : ApiProblem.Missing("status list");

    private static string CurveOf(KeyType type) => type switch
    {
        KeyType.P256 => "P-256",
        KeyType.P384 => "P-384",
        _ => type.ToString(),
    };
}
