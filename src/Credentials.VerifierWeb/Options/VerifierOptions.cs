namespace Credentials.VerifierWeb.Options;

/// <summary>Configuration section <c>Verifier</c>.</summary>
internal sealed record VerifierOptions
{
    public const string Section = "Verifier";

    /// <summary>Who runs this verifier, as visitors know them.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where visitors find it; shown to them, so that they can compare it with the address bar.</summary>
    public string PublicBaseUrl { get; set; } = "";

    /// <summary>Whether links and status lists on loopback and private addresses are fetched. For pilots on one machine.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Whether a signature counts that is not the issuer's: it is then told, and decides nothing. For test vectors whose issuers are made up, on loopback addresses only.</summary>
    public bool IssuerReportedOnly { get; set; }

    /// <summary>Whether documents signed over RDF may bring contexts of their own, so that their words may be anybody's. For test vectors, on loopback addresses only.</summary>
    public bool ForeignWords { get; set; }

    /// <summary>Documents that one network address may have verified in a minute.</summary>
    public int RequestsPerMinute { get; set; } = 60;

    /// <summary>The chains that are trusted.</summary>
    public IList<ChainOptions> Chains { get; init; } = [];

    /// <summary>Who may vouch for institutions.</summary>
    public IList<AccreditorOptions> Accreditors { get; init; } = [];

    /// <summary>Institutions that the operator knows himself.</summary>
    public IList<InstitutionOptions> Institutions { get; init; } = [];

    /// <summary>Files of paths of accreditations, besides those that issuers' DID documents name.</summary>
    public IList<string> AccreditationPaths { get; init; } = [];

    /// <summary>What the page asks for, by the name of a policy: default, require-anchor, require-accreditation or offline.</summary>
    public string Policy { get; set; } = "default";

    /// <summary>Who is believed about having seen the block of an evidence bundle.</summary>
    public IList<WitnessOptions> Witnesses { get; init; } = [];

    /// <summary>Blocks that are known to be of their chain.</summary>
    public IList<CheckpointOptions> Checkpoints { get; init; } = [];

    /// <summary>How wallets are asked.</summary>
    public PresentationOptions Requests { get; init; } = new();

    /// <summary>Where people without a wallet find one: its https links open it.</summary>
    public string WalletBaseUrl { get; set; } = "http://localhost:7103";

    /// <summary>Questions that are open or answered at one time, in memory.</summary>
    public int MaxPresentations { get; set; } = 20_000;

    /// <summary>Of those, open ones from one network address.</summary>
    public int MaxOpenPerAddress { get; set; } = 1_000;

    /// <summary>Mebibytes of answers that are kept for askers at one time.</summary>
    public int MaxAnswerMebibytes { get; set; } = 256;

    /// <summary>Whether the page asks through the browser's Digital Credentials API where the browser has it.</summary>
    public bool DigitalCredentialsApi { get; set; }
}

/// <summary>An accreditor that is trusted.</summary>
internal sealed record AccreditorOptions
{
    /// <summary><c>eip155:CHAIN:0xCONTRACT</c>.</summary>
    public string Registry { get; set; } = "";

    public string Institution { get; set; } = "";

    /// <summary>What visitors call it.</summary>
    public string Name { get; set; } = "";
}

/// <summary>An institution that is known.</summary>
internal sealed record InstitutionOptions
{
    /// <summary><c>eip155:CHAIN:0xCONTRACT</c>.</summary>
    public string Registry { get; set; } = "";

    public string Institution { get; set; } = "";

    /// <summary>The DID under which it issues.</summary>
    public string Did { get; set; } = "";
}

/// <summary>A witness: a time-stamp authority by its certificate, or a signer by his key.</summary>
internal sealed record WitnessOptions
{
    public string Name { get; set; } = "";

    /// <summary>File of the authority's certificate (DER or PEM); empty for a signer.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>File of the signer's public JWK; empty for an authority.</summary>
    public string Key { get; set; } = "";
}

/// <summary>A block that is known to be of a chain.</summary>
internal sealed record CheckpointOptions
{
    public ulong ChainId { get; set; }

    public string BlockHash { get; set; } = "";
}

/// <summary>One trusted chain: the node that is asked and the marks by which its answers are known.</summary>
internal sealed record ChainOptions
{
    public string RpcUrl { get; set; } = "";

    /// <summary>More nodes, each of another host: then all must prove what they say.</summary>
    public IList<string> RpcUrls { get; init; } = [];

    /// <summary>How many nodes must agree; more than half unless said otherwise.</summary>
    public int? Quorum { get; set; }

    /// <summary>Whether nodes must prove what they say; yes where there are several.</summary>
    public bool? Proven { get; set; }

    /// <summary>All nodes.</summary>
    public IReadOnlyList<string> Nodes => [.. RpcUrl.Length > 0 ? [RpcUrl] : Array.Empty<string>(), .. RpcUrls];

    public ulong ChainId { get; set; }

    public string GenesisHash { get; set; } = "";

    public string Contract { get; set; } = "";

    /// <summary>keccak-256 of the contract's runtime code; empty for the registry that this release was built with.</summary>
    public string CodeHash { get; set; } = "";

    /// <summary>What visitors call this chain; empty for its usual name.</summary>
    public string Name { get; set; } = "";
}
