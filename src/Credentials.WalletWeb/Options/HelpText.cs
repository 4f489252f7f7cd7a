namespace Credentials.WalletWeb.Options;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    public const string Text = """
        Credentials.WalletWeb: the learner's wallet. It serves a web app and nothing else: keys, diplomas and history stay in the learner's browser.

        Configuration (environment variables; or --Wallet:PublicBaseUrl=... on the command line, or appsettings.json):
          Wallet__PublicBaseUrl   where learners find it, such as https://wallet.example.org (required)
                                  keys and passkeys belong to this host: when it changes, every learner needs new copies
          Wallet__VerifierUrl     the verifier at which learners may check their own diploma (default: none)
          ASPNETCORE_URLS         where to listen, such as http://localhost:7103
          ASPNETCORE_FORWARDEDHEADERS_ENABLED  true behind a reverse proxy

        Serves:
          GET  /                  the wallet; /offer?credential_offer_uri=... and /present?client_id=...&request_uri=... open it with something to do
          GET  /callback          where an issuer's authorization page sends the learner back
          GET  /health/live, /health/ready

        At an issuer, register the client credentials-wallet with the redirect address {Wallet__PublicBaseUrl}/callback.
        """;
}
