using Credentials.WalletWeb.Files;
using Credentials.WalletWeb.Http;
using Credentials.WalletWeb.Options;
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
    kestrel.Limits.MaxRequestBodySize = 0; // Nothing is ever sent here.
    kestrel.Limits.MaxRequestLineSize = 32 * 1024; // An offer by value comes in the query.
    kestrel.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
});
builder.Logging.KeepQueriesOut();
builder.Services.AddOptions<WalletOptions>().BindConfiguration(WalletOptions.Section);
builder.Services.AddSingleton<IValidateOptions<WalletOptions>, WalletOptionsRules>();
builder.Services.AddProblemDetails();
builder.Services.AddApp();
builder.Services.AddResponseCompression(compression =>
{
    compression.EnableForHttps = true; // The files hold no secret.
    compression.MimeTypes = ["text/html", "text/css", "text/javascript", "application/json", "image/svg+xml", "application/manifest+json"];
});

WebApplication app = builder.Build();
try
{
    _ = app.Services.GetRequiredService<IOptions<WalletOptions>>().Value; // Before the host, which would print a stack trace over the sentences.
    app.UseSecurityHeaders();
    app.UseResponseCompression();
    app.UseExceptionHandler();
    app.UseStatusCodePages();
    app.MapHealth();
    app.MapApp();
    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException refused)
{
    Console.Error.WriteLine($"This wallet cannot start:\n  {string.Join("\n  ", refused.Failures)}\nSee --help.");
    return 3;
}
