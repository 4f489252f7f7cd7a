using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DataIntegrity;
using Credentials.Dids;
using Credentials.Keys;
using Credentials.Status;

namespace Credentials.TestKit;

/// <summary>An institution that issues the samples: a DID document, a P-256 and an Ed25519 key, a place in a registry, two status lists. Everything follows from its name, so that two with one name are one.</summary>
public sealed class SampleIssuer : IDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private int _nextIndex = 100;

    public SampleIssuer(string name = "universidade-modelo")
    {
        Did = $"did:web:{name}.example";
        P256 = Key(KeyType.P256, name);
        Ed25519 = Key(KeyType.Ed25519, name);
        Institution = InstitutionId.From(Seed(name, "institution"));
    }

    /// <summary>The issuer's DID.</summary>
    public string Did { get; init; }

    /// <summary>The key of <c>#p256</c>.</summary>
    public SigningKey P256 { get; }

    /// <summary>The key of <c>#ed25519</c>.</summary>
    public SigningKey Ed25519 { get; }

    /// <summary>The registry that its credentials name.</summary>
    public RegistryAddress Registry { get; init; } = new(31337, "0x5fbdb2315678afecb367f032d93f642f64180aa3");

    /// <summary>Its id in that registry.</summary>
    public InstitutionId Institution { get; init; }

    /// <summary>The time of signing that its proofs claim, and the start of its status lists.</summary>
    public DateTimeOffset Time { get; init; } = Samples.Time;

    /// <summary>Where its status lists are said to be; <c>/revocation</c> or <c>/suspension</c> follows.</summary>
    public string StatusBaseUrl { get; init; } = "https://status.example/lists/1";

    /// <summary>When its P-256 key was revoked, if it was.</summary>
    public DateTimeOffset? P256Revoked { get; init; }

    /// <summary>The bits of revoked credentials.</summary>
    public BitstringStatusList Revocations { get; } = new();

    /// <summary>The bits of suspended credentials.</summary>
    public BitstringStatusList Suspensions { get; } = new();

    /// <summary>The keys as its DID document publishes them.</summary>
    public IReadOnlyList<PublishedKey> PublishedKeys => [new("p256", P256.PublicKey, P256Revoked), new("ed25519", Ed25519.PublicKey)];

    /// <summary>Its DID document.</summary>
    public DidDocument Document => DidDocumentWriter.Build(Did, PublishedKeys);

    /// <summary>The text of its DID document.</summary>
    public byte[] DocumentText => DidDocumentWriter.Write(Did, PublishedKeys);

    /// <summary>A diploma with what the issuer adds (id, issuer, status entries), not signed.</summary>
    public (byte[] Text, RegistryHandle Handle, int StatusListIndex) Prepare(string diploma) => Prepare(Samples.Diploma(diploma));

    /// <summary>The same for any template, with an issuer or without.</summary>
    public (byte[] Text, RegistryHandle Handle, int StatusListIndex) Prepare(byte[] template)
    {
        JsonObject credential = JsonNode.Parse(template)!.AsObject();
        var handle = RegistryHandle.Create();
        int index = _nextIndex++;
        credential["id"] = $"urn:uuid:{Guid.CreateVersion7()}";
        if (credential["issuer"] is JsonObject issuer)
        {
            issuer["id"] = Did;
        }
        else
        {
            credential["issuer"] = Did;
        }

        credential["credentialStatus"] = new JsonArray(
            StatusEntry("revocation", index),
            StatusEntry("suspension", index),
            new JsonObject { ["id"] = new RegistryEntry(Registry, Institution, handle).Id, ["type"] = RegistryEntry.Type });
        return (JsonSerializer.SerializeToUtf8Bytes(credential, Readable), handle, index);
    }

    /// <summary>A signed diploma, by the suites named: one of <c>ecdsa-jcs-2019</c> and <c>eddsa-jcs-2022</c>, or both for a proof set.</summary>
    public async Task<SampleCredential> IssueAsync(string diploma = "brazil", params string[] suites)
    {
        (byte[] text, RegistryHandle handle, int index) = Prepare(diploma);
        return new(await SignAsync(text, suites), handle, index);
    }

    /// <summary>A signed diploma, anchored in a batch among other leaves.</summary>
    public async Task<SampleAnchored> IssueAnchoredAsync(string diploma = "brazil", int batchSize = 5, AnchorHints? hints = null, params string[] suites)
    {
        SampleCredential bare = await IssueAsync(diploma, suites);
        return Anchor(bare, batchSize, hints);
    }

    /// <summary>Puts a signed diploma into a batch of that size, at its middle; the other leaves are random.</summary>
    public SampleAnchored Anchor(SampleCredential bare, int batchSize = 5, AnchorHints? hints = null)
    {
        ArgumentNullException.ThrowIfNull(bare);
        var digests = new AnchorDigest[batchSize];
        for (int i = 0; i < digests.Length; i++)
        {
            digests[i] = i == batchSize / 2 ? bare.Digest : AnchorDigest.From(RandomNumberGenerator.GetBytes(Bytes32.Length));
        }

        var batch = new AnchorBatch(digests, Registry, Institution, hints);
        AnchorReceipt receipt = batch.ReceiptOf(bare.Digest)!;
        return new(MerkleAnchor2026.AddTo(bare.Text, receipt), bare, receipt, batch);
    }

    /// <summary>Its signed status list of that purpose, as it stands.</summary>
    public Task<byte[]> StatusListAsync(string purpose = "revocation", TimeSpan? validFor = null) => SignAsync(BitstringStatusListCredential.Build(
        new Uri($"{StatusBaseUrl}/{purpose}"),
        Did,
        purpose,
        purpose == "suspension" ? Suspensions : Revocations,
        Time,
        Time + (validFor ?? TimeSpan.FromDays(7)),
        TimeSpan.FromMinutes(5)));

    /// <summary>Signs any document as this issuer.</summary>
    public async Task<byte[]> SignAsync(byte[] document, params string[] suites)
    {
        foreach (string name in suites is [] ? ["ecdsa-jcs-2019"] : suites)
        {
            Cryptosuite suite = Cryptosuite.Find(name) ?? throw new ArgumentException($"No suite is called {name}.", nameof(suites));
            (SigningKey key, string fragment) = suite.KeyTypes.Contains(KeyType.Ed25519) ? (Ed25519, "ed25519") : (P256, "p256");
            document = (await DataIntegritySuite.SignAsync(document, suite, key, new ProofOptions($"{Did}#{fragment}", Time), CancellationToken.None)).Require();
        }

        return document;
    }

    public void Dispose()
    {
        P256.Dispose();
        Ed25519.Dispose();
    }

    private JsonObject StatusEntry(string purpose, int index) => new()
    {
        ["id"] = string.Create(CultureInfo.InvariantCulture, $"{StatusBaseUrl}/{purpose}#{index}"),
        ["type"] = BitstringStatusListEntry.Type,
        ["statusPurpose"] = purpose,
        ["statusListIndex"] = index.ToString(CultureInfo.InvariantCulture),
        ["statusListCredential"] = $"{StatusBaseUrl}/{purpose}",
    };

    private static SigningKey Key(KeyType type, string name) => SigningKey.FromBytes(type, Seed(name, type.ToString())).Require();

    private static byte[] Seed(string name, string what) => SHA256.HashData(Utf8.Bytes($"{name} {what}"));
}
