using Credentials.Dids;
using Credentials.Verification;

namespace Credentials.VerifierWeb.Identifiers;

/// <summary>DID resolution for machines: what this verifier sees when it looks for a key.</summary>
/// <remarks>https://www.w3.org/TR/did-resolution/#bindings-https, GET only. Documents are fetched within the bounds, and with the rules about private addresses, of every other fetch of this host.</remarks>
internal static class IdentifierEndpoints
{
    public const string Path = "/identifiers/";

    public static IEndpointRouteBuilder MapIdentifiers(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path + "{**identifier}", ResolveAsync)
            .WithName("resolveDid")
            .WithTags("Identifiers")
            .WithSummary("Resolves a DID, or dereferences a DID URL.")
            .WithDescription("Accept: application/did-resolution or application/did-url-dereferencing for the whole result, application/did for the document alone, text/uri-list for the address of a service. Options are query parameters, the DID then being percent-encoded.")
            .Produces(StatusCodes.Status200OK, contentType: DidMediaType.Resolution, additionalContentTypes: [DidMediaType.Dereferencing, .. DidMediaType.Representations])
            .Produces(StatusCodes.Status303SeeOther)
            .Produces(StatusCodes.Status400BadRequest, contentType: DidMediaType.Resolution)
            .Produces(StatusCodes.Status404NotFound, contentType: DidMediaType.Resolution)
            .Produces(StatusCodes.Status406NotAcceptable, contentType: DidMediaType.Resolution)
            .Produces(StatusCodes.Status410Gone, contentType: DidMediaType.Resolution)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .Produces(StatusCodes.Status500InternalServerError, contentType: DidMediaType.Resolution)
            .Produces(StatusCodes.Status501NotImplemented, contentType: DidMediaType.Resolution);
        return app;
    }

    private static async Task<IResult> ResolveAsync(HttpRequest request, TrustedMaterial trusted, CancellationToken cancellationToken)
    {
        var asked = IdentifierRequest.Read(request);
        IdentifierForm? chosen = IdentifierForm.Choose(request);
        IdentifierForm form = chosen ?? IdentifierForm.Resolution;
        Problem? fault = chosen is null ? new(ProblemCode.RepresentationNotSupported, $"This is had as {string.Join(", ", DidMediaType.Representations)}, {DidMediaType.Resolution} and {DidMediaType.Dereferencing}.") : asked.Fault;
        DidResolutionOptions options = form.Kind == FormKind.Bare ? asked.Options with { Accept = form.MediaType } : asked.Options;
        if (asked.IsUrl || form.Kind == FormKind.WholeDereferencing)
        {
            return Answer(form, fault is null ? await trusted.DidResolver.DereferenceAsync(asked.Identifier, options, cancellationToken) : DidDereferencingResult.Fault(fault));
        }

        return Answer(form, fault is null ? await trusted.DidResolver.ResolveAsync(asked.Identifier, options, cancellationToken) : DidResolutionResult.Fault(fault.Code, fault.Detail));
    }

    private static IdentifierAnswer Answer(IdentifierForm form, DidResolutionResult result) => form.Kind switch
    {
        FormKind.Bare when result.Document is { } document => new(StatusCodes.Status200OK, form.MediaType, IdentifierAnswer.Utf8Of(document.Json)),
        FormKind.Earlier => new(StatusOf(result.Error, result.Deactivated), form.MediaType, EarlierForm.Of(result)),
        _ => new(StatusOf(result.Error, result.Deactivated), DidMediaType.Resolution, DidResultJson.ToUtf8(result)),
    };

    private static IResult Answer(IdentifierForm form, DidDereferencingResult result) => form.Kind switch
    {
        // "If the function is successful and returns a contentType of text/uri-list: The HTTP response status code MUST be 303 ... Location ... body MUST be empty."
        _ when result.Urls is [var first, ..] => new IdentifierRedirect(first),
        FormKind.Bare when result.Content is { } content => new IdentifierAnswer(StatusCodes.Status200OK, form.MediaType, IdentifierAnswer.Utf8Of(content)),
        FormKind.Earlier => new IdentifierAnswer(StatusOf(result.Error, result.Deactivated), form.MediaType, EarlierForm.Of(result)),
        _ => new IdentifierAnswer(StatusOf(result.Error, result.Deactivated), DidMediaType.Dereferencing, DidResultJson.ToUtf8(result)),
    };

    /// <summary>The table of the binding; "(any other error URI)" is 500, a did:key without a usable key among them.</summary>
    private static int StatusOf(Problem? error, bool deactivated) => error?.Code switch
    {
        null => deactivated ? StatusCodes.Status410Gone : StatusCodes.Status200OK,
        ProblemCode.InvalidDid or ProblemCode.InvalidDidUrl or ProblemCode.InvalidOptions => StatusCodes.Status400BadRequest,
        ProblemCode.NotFound => StatusCodes.Status404NotFound,
        ProblemCode.RepresentationNotSupported => StatusCodes.Status406NotAcceptable,
        ProblemCode.MethodNotSupported or ProblemCode.FeatureNotSupported => StatusCodes.Status501NotImplemented,
        _ => StatusCodes.Status500InternalServerError,
    };
}
