using System.Globalization;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Encoding;
using Credentials.Ethereum;
using Credentials.Ethereum.Proofs;
using Credentials.Ethereum.Registry;
using Credentials.Verification;

namespace Credentials.Cli.Trust;

/// <summary>The file that says what is trusted.</summary>
/// <param name="Path">Where it was read from; null when there is none.</param>
/// <param name="Chains">Trusted chains, each with the nodes that are asked.</param>
/// <param name="DidDocuments">Files (made absolute) and URLs of DID documents to pin.</param>
/// <param name="AllowPrivateAddresses">Whether loopback and private addresses may be fetched from.</param>
/// <remarks><c>{"chains":[{"rpcUrl" or "rpcUrls","quorum"?,"proven"?,"chainId","genesisHash","contract","codeHash"?}],"didDocuments":["file or URL"],"accreditors":[{"registry","institution","name"}],"institutions":[{"registry","institution","did"}],"accreditationPaths":["file or URL"],"verifierRoots":["file"],"allowPrivateAddresses":true}</c>; a registry is <c>eip155:CHAIN:0xCONTRACT</c>. And what <see cref="TrustedEvidence"/> reads.</remarks>
internal sealed record TrustFile(string? Path, IReadOnlyList<TrustedNodes> Chains, IReadOnlyList<string> DidDocuments, bool AllowPrivateAddresses)
{
    public const string Variable = "CREDENTIALS_TRUST";

    /// <summary>Who may vouch for institutions.</summary>
    public IReadOnlyList<TrustedAccreditor> Accreditors { get; init; } = [];

    /// <summary>Institutions that the user knows himself.</summary>
    public IReadOnlyList<PinnedInstitution> Institutions { get; init; } = [];

    /// <summary>Files (made absolute) and URLs of paths of accreditations.</summary>
    public IReadOnlyList<string> AccreditationPaths { get; init; } = [];

    /// <summary>What is believed of evidence bundles.</summary>
    public TrustedEvidence Evidence { get; init; } = TrustedEvidence.None;

    /// <summary>Root certificates, DER, under which verifiers that ask a wallet may name themselves by certificates.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> VerifierRoots { get; init; } = [];

    /// <summary>For who has no trust file: no chain, no pinned issuer, no private address.</summary>
    public static TrustFile Empty { get; } = new(null, [], [], false);

    /// <summary>The file that the option or the variable names, else the one in the home folder if it is there.</summary>
    /// <exception cref="MisuseException">A named file is missing, or the file is malformed.</exception>
    public static TrustFile Find(string? option, Surroundings around)
    {
        if ((option ?? around.Variable(Variable)) is { Length: > 0 } named)
        {
            return File.Exists(named) ? Read(named) : throw new MisuseException($"There is no trust file {named}.");
        }

        string usual = System.IO.Path.Combine(around.Variable("HOME") ?? "", ".config", "credentials", "trust.json");
        return File.Exists(usual) ? Read(usual) : Empty;
    }

    /// <summary>Reads a file; what it does not know it refuses, lest a misspelt member be silently without effect.</summary>
    /// <exception cref="MisuseException">It is malformed; the message names the member.</exception>
    public static TrustFile Read(string path)
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(ReadBytes(path));
        if (!parsed.Ok)
        {
            throw new MisuseException($"{path}: {parsed.Problem!.Detail}");
        }

        using JsonDocument document = parsed.Value;
        Reader reader = new(path, document.RootElement);
        reader.AllowOnly("chains", "didDocuments", "accreditors", "institutions", "accreditationPaths", "checkpoints", "witnesses", "verifierRoots", "allowPrivateAddresses");
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        return new(
            path,
            [.. reader.Items("chains").Select(ReadChain)],
            [.. Places(reader, "didDocuments", folder)],
            reader.Flag("allowPrivateAddresses"))
        {
            Accreditors = [.. reader.Items("accreditors").Select(ReadAccreditor)],
            Institutions = [.. reader.Items("institutions").Select(ReadInstitution)],
            AccreditationPaths = [.. Places(reader, "accreditationPaths", folder)],
            Evidence = TrustedEvidence.Read(reader, folder),
            VerifierRoots = [.. Places(reader, "verifierRoots", folder).Select(place => (ReadOnlyMemory<byte>)TrustedEvidence.ReadCertificate(reader, place))],
        };
    }

    private static IEnumerable<string> Places(Reader reader, string member, string folder) =>
        reader.Items(member).Select(item => item.Json.ValueKind == JsonValueKind.String ? item.Json.GetString()! : throw item.Fault("is no text"))
            .Select(place => IsUrl(place) ? place : System.IO.Path.Combine(folder, place));

    private static TrustedAccreditor ReadAccreditor(Reader reader)
    {
        reader.AllowOnly("registry", "institution", "name");
        return new(reader.Registry(), reader.Institution(), reader.Text("name") is { Length: > 0 } name ? name : throw reader.Fault("name", "must say how people call it"));
    }

    private static PinnedInstitution ReadInstitution(Reader reader)
    {
        reader.AllowOnly("registry", "institution", "did");
        return new(reader.Registry(), reader.Institution(), reader.Text("did") is { } did && did.StartsWith("did:", StringComparison.Ordinal) ? did : throw reader.Fault("did", "must be the DID under which it issues"));
    }

    public static bool IsUrl(string place) => place.StartsWith("https://", StringComparison.Ordinal) || place.StartsWith("http://", StringComparison.Ordinal);

    private static TrustedNodes ReadChain(Reader reader)
    {
        reader.AllowOnly("rpcUrl", "rpcUrls", "quorum", "proven", "chainId", "genesisHash", "contract", "codeHash");
        Uri[] nodes = ReadNodes(reader);
        Bytes32 genesis = Bytes32.TryParse(reader.Text("genesisHash"), out Bytes32 hash) ? hash : throw reader.Fault("genesisHash", "must be 0x and 64 hexadecimal digits");
        EthereumAddress contract = EthereumAddress.TryParse(reader.Text("contract"), out EthereumAddress address) ? address : throw reader.Fault("contract", "must be 0x and 40 hexadecimal digits");
        Bytes32 code = reader.Text("codeHash") is not { } text ? CredentialRegistryContract.CodeHash
            : Bytes32.TryParse(text, out Bytes32 given) ? given : throw reader.Fault("codeHash", "must be 0x and 64 hexadecimal digits");
        TrustedChain chain = new(reader.Number("chainId"), genesis, contract, code);
        bool proven = reader.Has("proven") ? reader.Flag("proven") : nodes.Length > 1;
        ulong quorum = reader.Has("quorum") ? reader.Number("quorum") : (ulong)RegistryReaders.MajorityOf(nodes.Length);
        return !proven && nodes.Length > 1 ? throw reader.Fault("proven", "must be true where there are several nodes")
            : quorum < 1 || quorum > (ulong)nodes.Length ? throw reader.Fault("quorum", "must be at least 1 and at most the number of nodes")
            : new TrustedNodes(chain, nodes, (int)quorum, proven);
    }

    private static Uri[] ReadNodes(Reader reader)
    {
        if (reader.Has("rpcUrl") == reader.Has("rpcUrls"))
        {
            throw reader.Fault("rpcUrl", "or rpcUrls must be there, and not both");
        }

        string[] places = reader.Has("rpcUrl") ? [reader.Text("rpcUrl")!] : [.. reader.Items("rpcUrls").Select(static item => item.Json.ValueKind == JsonValueKind.String ? item.Json.GetString()! : "")];
        string member = reader.Has("rpcUrl") ? "rpcUrl" : "rpcUrls";
        Uri[] nodes = [.. places.Select(place => IsUrl(place) && Uri.TryCreate(place, UriKind.Absolute, out Uri? url) ? url : throw reader.Fault(member, "must be the http or https URL of a node"))];
        return nodes.Length == 0 ? throw reader.Fault(member, "must name a node")
            : nodes.DistinctBy(static node => node.Authority, StringComparer.OrdinalIgnoreCase).Count() < nodes.Length ? throw reader.Fault(member, "must name each host once: a node votes once")
            : nodes;
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MisuseException($"The trust file {path} cannot be read: {e.Message}");
        }
    }

    /// <summary>Members of one object, with faults that say where.</summary>
    internal sealed record Reader(string Place, JsonElement Json)
    {
        public MisuseException Fault(string sentence) => new($"{Place} {sentence}.");

        public MisuseException Fault(string member, string sentence) => new($"{Place}: {member} {sentence}.");

        public void AllowOnly(params string[] known)
        {
            if (Json.ValueKind != JsonValueKind.Object)
            {
                throw Fault("is no JSON object");
            }

            if (Json.EnumerateObject().Select(member => member.Name).Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            {
                throw Fault(unknown, $"is not known here; known are {string.Join(", ", known)}");
            }
        }

        public bool Has(string name) => Json.TryGetProperty(name, out _);

        public string? Text(string name) => !Json.TryGetProperty(name, out JsonElement member) ? null
            : member.ValueKind == JsonValueKind.String ? member.GetString() : throw Fault(name, "must be a text");

        public RegistryAddress Registry() => RegistryAddress.TryParse(Text("registry"), out RegistryAddress? registry) ? registry : throw Fault("registry", "must read eip155:CHAIN:0xCONTRACT");

        public InstitutionId Institution() => InstitutionId.TryParse(Text("institution"), out InstitutionId id) ? id : throw Fault("institution", "must be 0x and 64 hexadecimal digits");

        public ulong Number(string name) => Json.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.Number && member.TryGetUInt64(out ulong number)
            ? number : throw Fault(name, "must be a whole number");

        public bool Flag(string name) => Json.TryGetProperty(name, out JsonElement member)
            && (member.ValueKind is JsonValueKind.True or JsonValueKind.False ? member.GetBoolean() : throw Fault(name, "must be true or false"));

        public IEnumerable<Reader> Items(string name) => !Json.TryGetProperty(name, out JsonElement member) ? []
            : member.ValueKind == JsonValueKind.Array ? member.EnumerateArray().Select((item, index) => new Reader($"{Place}: {name}[{index.ToString(CultureInfo.InvariantCulture)}]", item))
            : throw Fault(name, "must be an array");
    }
}
