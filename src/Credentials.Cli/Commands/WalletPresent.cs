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
    public static async Task<int> RunAsync(string link, Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        if (arguments.Has("--yes") && arguments.Has("--decline"))
        {
            throw new MisuseException("Give --yes or --decline, not both.");
        }

        TrustFile trust = TrustFile.Find(arguments["--trust"], around);
        TrustedOutside outside = new(trust, around);
        using HttpClient http = around.WalletHttp(trust.AllowPrivateAddresses);
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
            if (!proposal.Ok)
            {
                // Even a refusal tells somebody that a wallet is here: not unasked.
                if (await AgreesAsync(request.Value, null, arguments, around, cancellationToken))
                {
                    await client.DeclineAsync(request.Value, PresentationError.AccessDenied, cancellationToken);
                }

                return await WalletFault.WriteAsync(proposal.Problem, arguments, around);
            }

            if (arguments.Has("--decline") || !await AgreesAsync(request.Value, proposal.Value.Shown, arguments, around, cancellationToken))
            {
                Parsed<PresentationReceipt> told = await client.DeclineAsync(request.Value, PresentationError.AccessDenied, cancellationToken);
                return told.Ok ? await WriteAsync(proposal.Value, told.Value, shown: false, arguments, around) : await WalletFault.WriteAsync(told.Problem, arguments, around);
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

    // Without credentials: whether the verifier shall be told that there is nothing.
    private static async Task<bool> AgreesAsync(CheckedRequest request, IReadOnlyList<ShownCredential>? shown, Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        // The question is no part of the answer: a script that reads JSON shall not have to read it.
        TextWriter said = arguments.Has("--json") ? around.Error : around.Out;
        await ProposalText.WriteAskerAsync(said, request);
        if (shown is not null)
        {
            await ProposalText.WriteShownAsync(said, shown);
        }

        if (arguments.Has("--yes"))
        {
            return true;
        }

        await said.WriteAsync(shown is null ? "The wallet holds nothing that was asked for. Tell them so? [y/N] " : "Show it? [y/N] ");
        await said.FlushAsync(cancellationToken);
        using StreamReader reader = new(around.Input());
        return await reader.ReadLineAsync(cancellationToken) is { } answer ? answer.Trim() is "y" or "Y" or "yes"
            : shown is null ? false
            : throw new MisuseException("Nobody could be asked, and nothing was sent: give --yes or --decline.");
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
                await around.Out.WriteLineAsync($"Go on at {DisplayText.Of(next.AbsoluteUri, 2000)}");
            }
        }

        return ExitCode.Verified;
    }
}
