namespace Credentials.Cli.Commands;

/// <summary><c>credentials wallet accept|list|present</c></summary>
internal static class WalletCommand
{
    public static Command Row { get; } = new("wallet", "accept OFFER | list | present REQUEST", "Keep a learner's credentials: take an issuer's offer, list them, show one to a verifier", RunAsync)
    {
        Count = (1, 2),
        Options =
        [
            new("--wallet", "DIR", "The wallet's folder (default: ~/.local/share/credentials/wallet)"),
            new("--passphrase-file", "FILE", "The passphrase under which keys lie, or shall lie (or: CREDENTIALS_WALLET_PASSPHRASE)"),
            new("--json", null, "The answer as JSON"),
            new("--tx-code", "CODE", "accept: the transaction code that the issuer gave by another way"),
            new("--format", "NAME", "accept: dc+sd-jwt, jwt_vc_json, ldp_vc or vc+jwt (default: the first that is offered)"),
            new("--batch", "N", "accept: so many copies, each bound to a key of its own (default 1)"),
            new("--key", "TYPE", "accept: the new key: p256, p384 or ed25519 (default p256)"),
            new("--binding", "METHOD", "accept: how the key is named: jwk, did:key or did:jwk (default: jwk for dc+sd-jwt, else did:key)"),
            new("--plain", null, "accept: do not ask for encrypted answers unless the issuer insists"),
            new("--client-id", "ID", "accept: the wallet's name at the issuer (default credentials-cli)"),
            new("--credential", "ID", "present: choose from this credential alone") { Repeatable = true },
            new("--yes", null, "present: show it without asking, or say without asking that there is nothing to show"),
            new("--decline", null, "present: tell the verifier no"),
            new("--trust", "FILE", "accept and present: what is trusted: issuers, roots of verifiers' certificates, and whether private addresses are reached (allowPrivateAddresses)"),
        ],
        Notes =
        [
            "OFFER and REQUEST are what a QR code or a link holds: openid-credential-offer://?..., openid4vp://?..., or an https link with the same parameters.",
            "Without --tx-code, an issuer that wants one is not asked. An issuer that wants to see you prints a page to open in a browser.",
            "present lists what the verifier would see, and asks; where nobody can be asked, give --yes. Unasked, the verifier is told nothing.",
            "accept keeps nothing whose signature is false; what it cannot verify it keeps, and calls unverified.",
            "",
            "Each credential is a file of the folder, readable by its owner alone. Without a passphrase its key lies in it in the clear.",
            "",
            "Examples:",
            "  credentials wallet accept 'openid-credential-offer://?credential_offer_uri=https...' --tx-code 493536",
            "  credentials wallet present 'openid4vp://?client_id=...&request_uri=https...' --yes",
            "",
            "Exit codes: 0 done, 1 the issuer or the verifier refused, or is not to be believed, 2 no answer, or not yet, 3 used wrongly.",
        ],
    };

    private static readonly string[] s_acceptOnly = ["--tx-code", "--format", "--batch", "--key", "--binding", "--plain", "--client-id"];
    private static readonly string[] s_presentOnly = ["--credential", "--yes", "--decline"];

    private static Task<int> RunAsync(Arguments arguments, Surroundings around, CancellationToken cancellationToken)
    {
        switch (arguments.Operands)
        {
            case ["accept", var offer]:
                Refuse(arguments, "accept", s_presentOnly);
                return WalletAccept.RunAsync(offer, arguments, around, cancellationToken);
            case ["list"]:
                Refuse(arguments, "list", [.. s_acceptOnly, .. s_presentOnly, "--trust"]);
                return WalletList.RunAsync(arguments, around);
            case ["present", var request]:
                Refuse(arguments, "present", s_acceptOnly);
                return WalletPresent.RunAsync(request, arguments, around, cancellationToken);
            default:
                throw new MisuseException("\"wallet\" takes accept OFFER, list, or present REQUEST.");
        }
    }

    private static void Refuse(Arguments arguments, string action, string[] options)
    {
        if (Array.Find(options, arguments.Has) is { } strange)
        {
            throw new MisuseException($"\"wallet {action}\" has no option {strange}.");
        }
    }
}
