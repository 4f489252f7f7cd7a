namespace Credentials.VerifierWeb.Options;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    public const string Text = """
        Credentials.VerifierWeb: the page and the API at which diplomas are verified.

        Configuration (environment variables; or --Verifier:Name=... on the command line, or appsettings.json):
          Verifier__Name                    who runs this verifier, as visitors know them (required)
          Verifier__PublicBaseUrl           where visitors find it, such as https://verify.example.org (required)
          Verifier__Chains__0__RpcUrl       a node of the first trusted chain; more chains as 1, 2, ...
          Verifier__Chains__0__RpcUrls__0   more nodes of other hosts: then all must prove what they say (eth_getProof)
          Verifier__Chains__0__Quorum       how many of the nodes must agree (default: more than half)
          Verifier__Chains__0__Proven       true: a single node must prove what it says, too
          Verifier__Chains__0__ChainId      its EIP-155 chain id
          Verifier__Chains__0__GenesisHash  hash of its block 0
          Verifier__Chains__0__Contract     address of the registry contract
          Verifier__Chains__0__CodeHash     keccak-256 of the contract's code (default: the registry of this release)
          Verifier__Chains__0__Name         what visitors call the chain (default: its usual name)
          Verifier__Accreditors__0__Registry, __Institution, __Name   an accreditor that is trusted: its registry (eip155:CHAIN:0xCONTRACT), its id there, its name
          Verifier__Institutions__0__Registry, __Institution, __Did   an institution that you know yourself, with the DID under which it issues
          Verifier__AccreditationPaths__0   a file of a path of accreditations, besides those that issuers name
          Verifier__Policy                  what the page asks for: default, require-anchor, require-accreditation or offline (default: default)
          Verifier__Witnesses__0__Name      who is believed about the blocks of evidence bundles; with it one of
          Verifier__Witnesses__0__Certificate  file of a time-stamp authority's certificate (trust only one that stamps no forged block)
          Verifier__Witnesses__0__Key       file of a signer's public JWK
          Verifier__Checkpoints__0__ChainId  a block that is known, and with it
          Verifier__Checkpoints__0__BlockHash  its hash
          Verifier__WalletBaseUrl           the web wallet, for those who have no other (default: http://localhost:7103)
          Verifier__Requests__KeyFile       private key that signs requests to wallets, PKCS#8 PEM, P-256 or P-384 (default: a fresh one at each start)
          Verifier__Requests__CertificateFile  its certificate and those above it, PEM, leaf first
          Verifier__Requests__Did           the verifier's did:web, whose document is then served here
          Verifier__Requests__ClientIdPrefix  decentralized_identifier, x509_san_dns or x509_hash (default: x509_hash with a certificate, else the first)
          Verifier__MaxPresentations        questions to wallets kept in memory at one time (default 20000); each is forgotten after ten minutes
          Verifier__MaxOpenPerAddress       of those, open ones from one network address, of IPv6 from one /64 (default 1000)
          Verifier__MaxAnswerMebibytes      memory for answers until their ten minutes are over (default 256)
          Verifier__DigitalCredentialsApi   true: ask through the browser's Digital Credentials API where it has one (default: false)
          Verifier__RequestsPerMinute       documents a minute for one network address (default 60)
          Verifier__AllowPrivateAddresses   true: fetch from loopback and private addresses too, for pilots on one machine
          Verifier__IssuerReportedOnly      true: a signature that is not the issuer's is told and decides nothing; for test vectors, on loopback only
          Verifier__ForeignWords            true: documents signed over RDF may bring contexts of their own; for test vectors, on loopback only
          ASPNETCORE_URLS                   where to listen, such as http://localhost:7102
          ASPNETCORE_FORWARDEDHEADERS_ENABLED  true behind a reverse proxy, so that visitors are told apart
          OTEL_EXPORTER_OTLP_ENDPOINT       where counts of verdicts are sent (default: nowhere)

        Serves:
          GET  /v                   the page; /v?c=... is where QR codes lead
          POST /credentials/verify, /presentations/verify  the same as JSON (VC-API)
          GET  /ask                 choose what to ask a holder's wallet; the answer is shown there
          POST /presentations       the same for machines; GET /presentations/{id} is the answer
          GET  /openapi/v1.json     its description
          GET  /health/live, /health/ready

        Without any chain it still verifies signatures, dates and status lists, and says "cannot tell" of anchors.
        """;
}
