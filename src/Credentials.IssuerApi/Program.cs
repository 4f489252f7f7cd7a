using Credentials.IssuerApi;
using Credentials.IssuerApi.Accreditation;
using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Batches;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Derivation;
using Credentials.IssuerApi.Distrust;
using Credentials.IssuerApi.Evidence;
using Credentials.IssuerApi.Health;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Identities;
using Credentials.IssuerApi.Instances;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Links;
using Credentials.IssuerApi.Receipts;
using Credentials.IssuerApi.Status;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Storage.Copying;
using Credentials.IssuerApi.Succession;
using Credentials.IssuerApi.Wallets;

if (Help.IsAskedFor(args))
{
    Console.WriteLine(Help.Text);
    return 0;
}

try
{
    if (StorageCommand.IsAskedFor(args))
    {
        return await StorageCommand.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
    }

    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    builder.AddIssuerLogging().AddIssuerTelemetry().AddIssuerHttp();
    if (InstancesProfile.IsChosenIn(builder.Configuration))
    {
        await InstancesProfile.RunAsync(builder);
        return 0;
    }

    builder.Services
        .AddSingleton(TimeProvider.System)
        .AddIssuerConfiguration()
        .AddStorage()
        .AddKeyRing(builder.Configuration)
        .AddLedger()
        .AddApiKeys()
        .AddSingleton<AuditLog>()
        .AddInstitutions()
        .AddStatus()
        .AddIssuance()
        .AddCredentialReading()
        .AddEvidence()
        .AddBatches()
        .AddWallets()
        .AddAnchoring()
        .AddIssuerHealth()
        .AddIssuerOpenApi();

    await using WebApplication app = builder.Build();
    await app.OpenAsync();
    app.UseIssuerHttp();
    app.MapOpenApi().AllowAnonymous();
    app.MapHealth();
    app.MapInstitutions();
    app.MapKeys();
    app.MapIdentities();
    app.MapAccreditations();
    app.MapAccreditationPaths();
    app.MapSuccession();
    app.MapApiKeys();
    app.MapIssuance();
    app.MapDerivation();
    app.MapCredentials();
    app.MapReceipts();
    app.MapBundles();
    app.MapAnchoring();
    app.MapDistrust();
    app.MapLinks();
    app.MapStatus();
    app.MapBatches();
    app.MapWallets();
    await app.RunAsync();
    return 0;
}
catch (Exception fault) when (StartupRefusedException.SentencesOf(fault) is { } sentences)
{
    await Console.Error.WriteLineAsync(sentences);
    return StartupRefusedException.ExitCode;
}
