using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;

namespace Credentials.IssuerApi.Http;

internal static class OpenApiServices
{
    private const string Scheme = "apiKey";

    /// <summary>OpenAPI 3.1 at <c>/openapi/v1.json</c>, with the API key as its security scheme.</summary>
    public static IServiceCollection AddIssuerOpenApi(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Credentials issuer", Version = "v1", Description = "Issues, anchors and revokes verifiable diplomas." };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key: administrator, registrar or reader.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            IAuthorizeData? needed = context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().FirstOrDefault();
            if (needed is not null)
            {
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
                operation.Description = $"Role: {needed.Policy}.";
            }

            return Task.CompletedTask;
        });
    });
}
