using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Cli.Output;
using Credentials.Cli.Trust;
using Credentials.Cli.Wallet;
using Credentials.DataModel;
using Credentials.Keys;
using Credentials.OpenId;
using Credentials.OpenId.Issuance;
using Credentials.OpenId.Issuance.Metadata;
using Credentials.OpenId.Wallet;
using Credentials.OpenId.Wallet.Issuing;

namespace Credentials.Cli.Commands;

/// <summary><c>credentials wallet accept OFFER</c></summary>
internal static class WalletAccept
{
    private const string DefaultClient = "credentials-cli";
    private const int MostCopies = 100;

    private static readonly Dictionary<string, KeyType> s_keys = new(StringComparer.OrdinalIgnoreCase) { ["p256"] = KeyType.P256, ["p384"] = KeyType.P384, ["ed25519"] = KeyType.Ed25519 };

    private static readonly Dictionary<string, HolderBinding> s_bindings = new(StringComparer.Ordinal) { ["jwk"] = HolderBinding.Jwk, ["did:key"] = HolderBinding.DidKey, ["did:jwk"] = HolderBinding.DidJwk };

    public static async Task<int> RunAsync(string link, Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        // What is typed wrongly is said before the issuer hears anything: an offer may be used once.
        int copies = CopiesOf(arguments["--batch"]);
        KeyType keyType = s_keys.TryGetValue(arguments["--key"] ?? "p256", out KeyType type) ? type : throw new MisuseException($"--key {arguments["--key"]} is not known: {string.Join(", ", s_keys.Keys)}.");
        WalletFolder folder = WalletFolder.Find(arguments["--wallet"], around);
        folder.EnsureFolder();
        string? passphrase = WalletPassphrase.Find(arguments, around);

        TrustFile trust = TrustFile.Find(arguments["--trust"], around);
        ReceivedCheck check = await ReceivedCheck.CreateAsync(trust, around, cancellationToken);
        using HttpClient http = around.WalletHttp(trust.AllowPrivateAddresses);
        IssuanceClient client = new(http, new() { ClientId = arguments["--client-id"] ?? DefaultClient, PreferEncryption = !arguments.Has("--plain"), Limits = new() { Clock = around.Clock } });
        Parsed<OpenedOffer> offer = await client.OpenAsync(link, cancellationToken);
        if (!offer.Ok)
        {
            return await WalletFault.WriteAsync(offer.Problem, arguments, around);
        }

        (string configuration, string format) = Choose(offer.Value, arguments["--format"]);
        HolderBinding binding = BindingOf(arguments["--binding"], format);
        List<SigningKey> keys = [];
        try
        {
            keys.AddRange(Enumerable.Range(0, copies).Select(_ => SigningKey.Generate(keyType)));
            using LoopbackBrowser? browser = offer.Value.NeedsBrowser ? new(around.Error) : null;
            IssuanceWish wish = new(configuration, [.. keys.Select(key => new HolderKey(key, binding))])
            {
                TransactionCode = arguments["--tx-code"],
                Browser = browser is null ? null : new WalletBrowser(browser.RedirectUri, browser.VisitAsync),
            };
            Parsed<IssuedCredentials> issued = await client.AcceptAsync(offer.Value, wish, cancellationToken);
            return issued.Ok
                ? await JudgeAsync(issued.Value, check, folder, passphrase, arguments, around, cancellationToken)
                : await WalletFault.WriteAsync(issued.Problem, arguments, around);
        }
        finally
        {
            keys.ForEach(key => key.Dispose());
        }
    }

    // All or none: a batch of which one copy is false comes from nobody to be trusted with the others.
    private static async Task<int> JudgeAsync(IssuedCredentials issued, ReceivedCheck check, WalletFolder folder, string? passphrase, Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        List<(IssuedCredential, ReceivedFinding)> judged = [];
        foreach (IssuedCredential one in issued.Credentials)
        {
            Parsed<ReceivedFinding> finding = await check.JudgeAsync(one, issued.Offer.Issuer.CredentialIssuer, cancellationToken);
            if (!finding.Ok)
            {
                await IssuanceClient.NotifyAsync(issued, NotificationRequest.Failure, cancellationToken);
                return await WalletFault.WriteAsync(finding.Problem, arguments, around);
            }

            judged.Add((one, finding.Value));
        }

        return await KeepAsync(issued, judged, folder, passphrase, arguments, around, cancellationToken);
    }

    private static async Task<int> KeepAsync(IssuedCredentials issued, List<(IssuedCredential, ReceivedFinding)> judged, WalletFolder folder, string? passphrase, Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        JsonArray kept = [];
        foreach ((IssuedCredential one, ReceivedFinding finding) in judged)
        {
            WalletEntry entry = new(folder.NewId(), one.Format, one.Credential)
            {
                Issuer = issued.Offer.Issuer.CredentialIssuer,
                Configuration = issued.ConfigurationId,
                Binding = one.Key.BindingMethod,
                Key = JsonSerializer.SerializeToElement(SealedKey.Write((SigningKey)one.Key.Signer, passphrase)),
                Received = around.Clock.GetUtcNow(),
                IsVerified = finding.Doubt is null,
            };
            await folder.SaveAsync(entry, cancellationToken);
            kept.Add(WalletText.Of(entry));
            if (!arguments.Has("--json"))
            {
                await around.Out.WriteLineAsync($"{entry.Id}  {entry.Format}  from {ProposalText.Show(entry.Issuer)}{(finding.InTheNameOf is { } name ? $", in the name of {ProposalText.Show(name)}" : "")}{(entry.IsVerified ? "" : "  unverified")}");
            }

            if (finding.Doubt is { } doubt)
            {
                await around.Error.WriteLineAsync($"credentials: {entry.Id} is unverified: {DisplayText.Of(doubt)}");
            }
        }

        // Only what lies on the disk is reported as accepted.
        if (await IssuanceClient.NotifyAsync(issued, NotificationRequest.Accepted, cancellationToken) is { } unheard)
        {
            await around.Error.WriteLineAsync($"credentials: the credential is kept; the issuer could not be told: {DisplayText.Of(unheard.Detail)}");
        }

        if (arguments.Has("--json"))
        {
            await around.Out.WriteLineAsync(WalletText.Write(new JsonObject { ["accepted"] = kept }));
        }

        return ExitCode.Verified;
    }

    private static (string Configuration, string Format) Choose(OpenedOffer offer, string? format)
    {
        foreach ((string id, CredentialConfiguration configuration) in offer.Configurations)
        {
            if (format is null ? configuration.Format is CredentialFormat.SdJwtVc or CredentialFormat.JwtVcJson or CredentialFormat.LdpVc or CredentialFormat.VcJwt : configuration.Format == format)
            {
                return (id, configuration.Format);
            }
        }

        string[] offered = [.. offer.Configurations.Select(one => one.Value.Format).Distinct(StringComparer.Ordinal)];
        throw new MisuseException($"That is not offered{(format is null ? "" : $" as {format}")}; {(offered.Length == 0 ? "nothing that the issuer knows" : DisplayText.Of(string.Join(", ", offered)))} is.");
    }

    private static HolderBinding BindingOf(string? given, string format) =>
        given is null ? format == CredentialFormat.SdJwtVc ? HolderBinding.Jwk : HolderBinding.DidKey
        : s_bindings.TryGetValue(given, out HolderBinding binding) ? binding
        : throw new MisuseException($"--binding {given} is not known: {string.Join(", ", s_bindings.Keys)}.");

    private static int CopiesOf(string? given) =>
        given is null ? 1
        : int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= MostCopies ? number
        : throw new MisuseException($"--batch {given} must be a number from 1 to {MostCopies}.");
}
