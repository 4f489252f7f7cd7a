using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Cli.Output;
using Credentials.Cli.Trust;
using Credentials.Cli.Wallet;
using Credentials.DataModel;
using Credentials.Dids;
using Credentials.Keys;
using Credentials.OpenId.Presentation;
using Credentials.OpenId.Wallet;
using Credentials.OpenId.Wallet.Presenting;

namespace Credentials.Cli.Commands;

/// <summary><c>credentials wallet present REQUEST</c></summary>
internal static class WalletPresent
{
    private const int MaxShown = 160;

    public static async Task<int> RunAsync(string link, Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        if (arguments.Has("--yes") && arguments.Has("--decline"))
        {
            throw new MisuseException("Give --yes or --decline, not both.");
        }

        TrustFile trust = TrustFile.Find(arguments["--trust"], around);
        TrustedOutside outside = new(trust, around);
        using HttpClient http = around.WalletHttp();
        PresentationClient client = new(http, new() { Resolver = DidResolver.Online(outside.Fetcher), Roots = trust.VerifierRoots, Limits = new() { Clock = around.Clock } });
        Parsed<CheckedRequest> request = await client.OpenAsync(link, cancellationToken);
        if (!request.Ok)
        {
            return await WalletFault.WriteAsync(request.Problem, arguments, around);
        }

        List<SigningKey> keys = [];
        try
        {
            // Nothing of the wallet is opened for a verifier who gets nothing.
            Parsed<PresentationProposal> proposal = arguments.Has("--decline")
                ? new PresentationProposal(request.Value, [])
                : PresentationClient.Propose(request.Value, Open(arguments, around, keys));
            if (!proposal.Ok || arguments.Has("--decline") || !await AgreesAsync(proposal.Value, arguments, around, cancellationToken))
            {
                Parsed<PresentationReceipt> told = await client.DeclineAsync(request.Value, PresentationError.AccessDenied, cancellationToken);
                return !proposal.Ok ? await WalletFault.WriteAsync(proposal.Problem, arguments, around)
                    : !told.Ok ? await WalletFault.WriteAsync(told.Problem, arguments, around)
                    : await WriteAsync(proposal.Value, told.Value, shown: false, arguments, around);
            }

            Parsed<PresentationReceipt> receipt = await client.SendAsync(proposal.Value, cancellationToken);
            return receipt.Ok ? await WriteAsync(proposal.Value, receipt.Value, shown: true, arguments, around) : await WalletFault.WriteAsync(receipt.Problem, arguments, around);
        }
        finally
        {
            keys.ForEach(key => key.Dispose());
        }
    }

    private static List<HeldCredential> Open(Arguments arguments, Surroundings around, List<SigningKey> keys)
    {
        IReadOnlyList<string> wanted = arguments.All("--credential");
        IReadOnlyList<WalletEntry> entries = WalletFolder.Find(arguments["--wallet"], around).ReadAll(out _);
        if (wanted.FirstOrDefault(id => entries.All(entry => entry.Id != id)) is { } unknown)
        {
            throw new MisuseException($"There is no credential {unknown} in the wallet: credentials wallet list");
        }

        string? passphrase = WalletPassphrase.Find(arguments, around);
        List<HeldCredential> held = [];
        foreach (WalletEntry entry in entries.Where(entry => wanted.Count == 0 || wanted.Contains(entry.Id)))
        {
            keys.Add(SealedKey.Read(entry.Key, passphrase));
            HolderBinding binding = entry.Binding switch { "jwk" => HolderBinding.Jwk, "did:jwk" => HolderBinding.DidJwk, _ => HolderBinding.DidKey };
            held.Add(new(entry.Id, entry.Format, entry.Credential, new HolderKey(keys[^1], binding)));
        }

        return held;
    }

    private static async Task<bool> AgreesAsync(PresentationProposal proposal, Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        // The question is no part of the answer: a script that reads JSON shall not have to read it.
        TextWriter said = arguments.Has("--json") ? around.Error : around.Out;
        AuthorizationRequest request = proposal.Request.Request;
        await said.WriteLineAsync(proposal.Request.IsSigned
            ? $"{DisplayText.Of(request.Client!.Text, MaxShown)} asks, and signed its request. It would see:"
            : $"Somebody who did not sign asks; the answer would go to {DisplayText.Of(request.ResponseUri!, MaxShown)}. They would see:");
        foreach (ShownCredential shown in proposal.Shown)
        {
            await said.WriteLineAsync($"  of {shown.Held.Id} ({shown.Held.Format}){(shown.IsWhole ? ", all of it" : shown.Disclosed.Count == 0 ? ", nothing but that you have it" : "")}:");
            foreach ((string pointer, JsonElement value) in shown.Disclosed)
            {
                await said.WriteLineAsync($"    {pointer[1..]}: {DisplayText.Of(value.GetRawText(), MaxShown)}");
            }
        }

        if (arguments.Has("--yes"))
        {
            return true;
        }

        await said.WriteAsync("Show it? [y/N] ");
        await said.FlushAsync(cancellationToken);
        using StreamReader reader = new(around.Input());
        string? answer = await reader.ReadLineAsync(cancellationToken);
        return answer?.Trim() is "y" or "Y" or "yes";
    }

    private static async Task<int> WriteAsync(PresentationProposal proposal, PresentationReceipt receipt, bool shown, Arguments arguments, Surroundings around)
    {
        if (arguments.Has("--json"))
        {
            await around.Out.WriteLineAsync(WalletText.Write(new JsonObject
            {
                ["shown"] = shown,
                ["verifier"] = proposal.Request.Request.Client!.Text,
                ["signed"] = proposal.Request.IsSigned,
                ["credentials"] = new JsonArray([.. (shown ? proposal.Shown : []).Select(one => new JsonObject
                {
                    ["query"] = one.QueryId,
                    ["credential"] = one.Held.Id,
                    ["disclosed"] = new JsonArray([.. one.Disclosed.Select(claim => (JsonNode)claim.Key)]),
                })]),
                ["redirectUri"] = receipt.RedirectUri?.AbsoluteUri,
            }));
        }
        else
        {
            await around.Out.WriteLineAsync(shown ? "Shown." : "Nothing was shown; the verifier was told so.");
            if (receipt.RedirectUri is { } next)
            {
                await around.Out.WriteLineAsync($"Go on at {next.AbsoluteUri}");
            }
        }

        return ExitCode.Verified;
    }
}
