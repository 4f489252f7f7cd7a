namespace Credentials.IssuerApi.Http;

internal static class HttpServices
{
    /// <summary>Problems for everything that goes wrong, bounded requests, open reading for browsers, one log line a request.</summary>
    public static WebApplicationBuilder AddIssuerHttp(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        builder.Services.AddProblemDetails();
        builder.Services.AddIssuerRateLimits();
        builder.Services.AddCors(options => options.AddPolicy(PublicReading.Policy, policy => policy.AllowAnyOrigin().WithMethods("GET").WithExposedHeaders("ETag")));
        builder.Services.AddCors(options => options.AddPolicy(PublicReading.Wallets, policy => policy.AllowAnyOrigin().WithMethods("GET", "POST")
            .WithHeaders("Authorization", "Content-Type", "DPoP").WithExposedHeaders("DPoP-Nonce", "WWW-Authenticate", "Retry-After").SetPreflightMaxAge(TimeSpan.FromHours(2))));
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.AllowDuplicateProperties = false;
            options.SerializerOptions.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, IssuerJson.Default);
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody.MaxCredentialRequest;
        });
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls("http://localhost:7101");
        }

        return builder;
    }

    /// <summary>What every request passes, from the outside in.</summary>
    public static WebApplication UseIssuerHttp(this WebApplication app)
    {
        app.UseClientAddress();
        app.UseMiddleware<RequestLog>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = fault => fault switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                Storage.StorageUnavailableException => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages();
        app.UseMiddleware<ResponseHeaders>();
        app.UseRouting();
        app.UseCors();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        return app;
    }
}

/// <summary>Writes problems whatever the client said it accepts: a refusal without a reason helps nobody.</summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        ApiProblem.Complete(context.ProblemDetails);
        await context.HttpContext.Response.WriteAsJsonAsync(context.ProblemDetails, options: null, contentType: "application/problem+json");
    }
}
