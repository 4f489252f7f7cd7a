namespace Credentials.IssuerApi.Configuration;

/// <summary>What <c>--help</c> prints: every configuration key, its default and its meaning.</summary>
internal static class Help
{
    public const string Text = """
        credentials issuer: issues, anchors and revokes verifiable diplomas.

        Configuration is read from environment variables (Issuer__DataFolder) and the command line (--Issuer:DataFolder=...).

        Must be set
          Issuer:DataFolder                   folder on a local disk that only this issuer writes to
          Issuer:AdministratorKey             API key of the administrator, at least 32 characters (secret)
          Issuer:KeyRing:PassphraseFile       file with the passphrase that wraps the private keys; or
          Issuer:KeyRing:Passphrase           the passphrase itself (secret); or
          Issuer:KeyRing:CertificateFile      .pfx or .pem file with an RSA certificate and its key
          Issuer:KeyRing:CertificatePassword  its password (secret)
          Chain:RpcUrl                        JSON-RPC URL of an Ethereum node
          Chain:ChainId                       EIP-155 number of the chain
          Chain:GenesisHash                   hash of its block 0
          Chain:Contract                      address of the credential registry

        May be set
          Issuer:PublicBaseUrl                http://localhost:7101   URL at which the world reaches this issuer; part of every DID
          Issuer:VerifierBaseUrl              http://localhost:7102   verifier page that QR codes open
          Issuer:WalletBaseUrl                http://localhost:7103   web wallet that links of offers open
          Issuer:KnownProxies:0               -           address or network (10.0.0.0/24) of a reverse proxy whose X-Forwarded-For is believed; rate limits then count clients, not the proxy
          Issuer:Wallets:OfferLifetime        1.00:00:00  how long an offer is good for, unless it is said in making it
          Issuer:Wallets:LongestOfferLifetime 30.00:00:00 the most that may be said
          Issuer:Wallets:RequestLifetime      00:10:00    how long a learner may take to type the collection code
          Issuer:Wallets:CodeLifetime         00:01:00    how long an authorization code is good for
          Issuer:Wallets:TokenLifetime        00:10:00    how long an access token is good for
          Issuer:Wallets:NonceLifetime        00:05:00    how long a nonce is good for
          Issuer:Wallets:CodeAttempts         5           wrong transaction or collection codes before an offer is dead
          Issuer:Wallets:BatchSize            10          most keys, and so copies, in one request
          Issuer:Wallets:CopiesPerOffer       10          most copies of one offer, over all its forms: each is anchored, and revoked on the chain, by itself
          Issuer:Wallets:RequireDpop          false       true: no bearer tokens, DPoP alone
          Issuer:Wallets:RequireDpopNonce     false       true: DPoP proofs need a nonce of ours
          Issuer:Wallets:DeferUntilFinal      false       true: a copy is issued once the diploma's anchor is final, so that it carries the receipt
          Issuer:Wallets:DeferredInterval     5           seconds that a wallet waits before it asks again
          Issuer:Wallets:DeferredLifetime     7.00:00:00  how long it may ask
          Issuer:Wallets:Clients:0:Id         -           a wallet that may be sent authorization codes; ours (credentials-wallet, credentials-cli) are known
          Issuer:Wallets:Clients:0:Name       its Id      what learners call it
          Issuer:Wallets:Clients:0:RedirectUris:0         where its codes go, letter by letter
          Storage:Postgres                    connection string of a PostgreSQL database (14 or newer); without it, a SQLite file in the data folder
          Storage:PostgresPasswordFile        file with its password
          Storage:PostgresPatience            00:00:30    how long a start waits for a server that does not answer yet
          Anchoring:MaxBatchSize              16384       most credentials under one root
          Anchoring:MaxBatchAge               00:00:05    longest wait for a batch to fill
          Anchoring:MaxUploadWait             00:05:00    longest wait for the rest of an upload that is still being signed
          Anchoring:PollInterval              00:00:01    how often the database and the chain are looked at
          Anchoring:MaxBackoff                00:00:30    longest pause after faults that follow on each other
          Anchoring:FallbackDepth             12          blocks that make a block final on a chain without safe and finalized
          Anchoring:ReplaceAfterPolls         30          polls without a mined transaction before fees are raised
          Anchoring:MaxUnmined                900         most transactions that wait in the node at a time
          Anchoring:MaxFeePerGasGwei          -           most gwei offered for gas; above it anchoring waits and says so
          Evidence:TimeStampAuthority         -           URL of an RFC 3161 authority, whose tokens let evidence bundles verify without a network
          Evidence:MaxAge                     00:20:00    how long a batch's bundles share a block and its token
          Batches:MaxRows                     100000      most lines in one upload
          Batches:MaxLineBytes                262144      longest line of an upload
          Batches:ChunkSize                   500         credentials signed in one database transaction
          Batches:ClaimTime                   00:01:00    how long a process may take to sign a chunk before another takes it over
          RateLimits:KeyPerSecond             1000        requests of one API key, and how many at once
          RateLimits:KeyBurst                 5000
          RateLimits:AddressPerSecond         100         requests of one address without a key, and how many at once; its wallets' calls are counted apart, to the same number
          RateLimits:AddressBurst             1000
          ASPNETCORE_URLS                     http://localhost:7101   address to listen on
          ASPNETCORE_FORWARDEDHEADERS_ENABLED false                   true behind a proxy, so that addresses are those of the clients
          OTEL_EXPORTER_OTLP_ENDPOINT                                 where traces and metrics go

        Instead of serving
          storage copy --from PLACE --to PLACE    moves the database from SQLite (a data folder) to PostgreSQL (a connection string), or back

        Instead of all that, named instances (for interoperability suites: fresh keys, no database, no chain, no authentication, loopback only)
          Issuer:Instances:0:Name             part of its endpoint /issuers/NAME/credentials/issue; more instances as 1, 2, ...
          Issuer:Instances:0:Form             a cryptosuite, vc+jwt, vc+sd-jwt or vc+cose
          Issuer:Instances:0:KeyType          P256, P384 or Ed25519
          Issuer:Instances:0:StatusList       false       true: every credential gets an entry in a status list
        """;

    public static bool IsAskedFor(string[] args) => args.Any(arg => arg is "--help" or "-h" or "-?");
}
