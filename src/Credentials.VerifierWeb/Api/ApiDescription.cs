using Microsoft.AspNetCore.OpenApi;

namespace Credentials.VerifierWeb.Api;

/// <summary>The head of <c>/openapi/v1.json</c>.</summary>
internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "Credentials verifier";
        document.Info.Version = "1";
        document.Info.Description = "Verifies credentials and keeps nothing of them.";
        return Task.CompletedTask;
    });
}
