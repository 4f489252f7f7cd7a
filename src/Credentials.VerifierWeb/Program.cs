using Credentials.VerifierWeb.Api;
using Credentials.VerifierWeb.Http;
using Credentials.VerifierWeb.Identifiers;
using Credentials.VerifierWeb.Options;
using Credentials.VerifierWeb.Pages;
using Credentials.VerifierWeb.Presentations;
using Credentials.VerifierWeb.Verifying;
using Microsoft.Extensions.Options;

if (args.Contains("--help", StringComparer.Ordinal))
{
    Console.WriteLine(HelpText.Text);
    return 0;
}

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = 4 * 1024 * 1024;
});
builder.Logging.KeepQueriesOut();
builder.Services.AddOptions<VerifierOptions>().BindConfiguration(VerifierOptions.Section);
builder.Services.AddSingleton<IValidateOptions<VerifierOptions>, VerifierOptionsRules>();
builder.Services.AddProblemDetails();
builder.Services.AddOpenApi("v1", ApiDescription.Configure);
builder.Services.AddVerification();
builder.Services.AddPresentations();
builder.Services.AddRateLimits();
builder.Services.AddHealth();
builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true); // No page holds a secret and a stranger's text together.
Telemetry.AddTo(builder);

WebApplication app = builder.Build();
app.UseSecurityHeaders();
app.UseResponseCompression();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseCors();
app.UseRateLimiter();
app.MapOpenApi();
app.MapHealth();
app.MapVerifyApi();
app.MapIdentifiers();
app.MapPresentations();
app.MapPresentationPages();
app.MapPage();

try
{
    _ = app.Services.GetRequiredService<IOptions<VerifierOptions>>().Value; // Before the host, which would print a stack trace over the sentences.
    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException refused)
{
    Console.Error.WriteLine($"This verifier cannot start:\n  {string.Join("\n  ", refused.Failures)}\nSee --help.");
    return 3;
}
