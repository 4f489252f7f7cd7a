using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DcSdJwt;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Status;
using Credentials.IssuerApi.Wallets.Metadata;
using Credentials.JwtVcs;
using Credentials.Keys;
using Credentials.OpenId;
using Credentials.Securing;
using Credentials.Status;
using Credentials.Wallets;

namespace Credentials.IssuerApi.Wallets.Issuing;

/// <summary>Whom a copy is bound to.</summary>
/// <param name="Key">The wallet's key.</param>
/// <param name="Did">The holder's DID.</param>
internal sealed record CopyHolder(PublicKey Key, string Did)
{
    /// <summary>Holders as they wait in the database: a line each.</summary>
    public static string Join(IEnumerable<CopyHolder> holders) => string.Join('\n', holders.Select(holder => $"{Multikey.Encode(holder.Key)} {holder.Did}"));

    public static IReadOnlyList<CopyHolder> Split(string lines) => [.. lines.Split('\n').Select(line => line.Split(' ')).Select(parts => new CopyHolder(Multikey.Decode(parts[0]).Require(), parts[1]))];
}

/// <summary>Signs copies, each under a status position of its own and with a registry handle of its own. Touches no database but for the keys.</summary>
internal sealed class CopySigner(InstitutionKeys keys, KeyCertificates certificates, WalletUrls urls, TrustedChain chain, IssuerOptions options, TimeProvider clock)
{
    private const string DataIntegrityForm = "ecdsa-rdfc-2019";

    private static readonly SecuringForm s_dataIntegrity = SecuringForm.Find(DataIntegrityForm)!;
    private static readonly SecuringForm s_jwt = SecuringForm.Find(CredentialFormat.VcJwt)!;

    /// <summary>The suites and algorithms by which a format is signed, as metadata name them.</summary>
    public static string AlgorithmOf(string format) => format == CredentialFormat.LdpVc ? DataIntegrityForm : "ES256";

    /// <summary>Signs one.</summary>
    public async Task<Parsed<SignedCredential>> SignAsync(CopyMaster master, WalletConfiguration configuration, CopyHolder holder, StatusPosition position, CancellationToken cancellationToken)
    {
        InstitutionKey key = await keys.FindAsync(master.Institution.Id, KeyType.P256, cancellationToken)
            ?? throw new InvalidOperationException($"The institution '{master.Institution.Id}' has no P-256 key.");
        string id = Guid.NewGuid().ToString();
        string copyId = $"urn:uuid:{id}";
        var handle = RegistryHandle.Create();
        DateTimeOffset now = CredentialSigner.WholeSeconds(clock.GetUtcNow());
        bool isSdJwt = configuration.Format == CredentialFormat.SdJwtVc;
        WalletCopyTerms terms = new(copyId, urls.IssuerOf(master.Institution.Id), now)
        {
            HolderDid = isSdJwt ? null : holder.Did,
            Evidence = master.Evidence,
            StatusEntries = [.. EntriesOf(position, new RegistryEntry(chain.Registry, master.Institution.ChainInstitution, handle), isSdJwt)],
            TokenStatus = isSdJwt ? new TokenStatusListEntry(position.Index, StatusListTokenPublisher.UrlOf(options, position.ListId)) : null,
        };
        Parsed<byte[]> signed = await SignAsync(master, configuration, holder, key, terms, cancellationToken);
        return signed.Ok
            ? new SignedCredential(id, copyId, signed.Value, DigestOf(signed.Value), handle, position, LinkToken: Links.LinkToken.Create(), [key.Id])
            : signed.Problem;
    }

    private async Task<Parsed<byte[]>> SignAsync(CopyMaster master, WalletConfiguration configuration, CopyHolder holder, InstitutionKey key, WalletCopyTerms terms, CancellationToken cancellationToken)
    {
        SecuringOptions securing = new(key.VerificationMethod, terms.IssuedAt) { HolderKey = configuration.Format == CredentialFormat.VcJwt ? holder.Key : null };
        switch (configuration.Format)
        {
            case CredentialFormat.SdJwtVc:
                byte[] claims = WalletCopy.ToSdJwtVc(master.Document, terms);
                SdJwtVcOptions said = new(key.VerificationMethod)
                {
                    Frame = WalletCopy.FrameOf(claims),
                    HolderKey = holder.Key,
                    CertificateChain = await certificates.ChainAsync(master.Institution.Id, key.Id, cancellationToken),
                };
                return await SdJwtVc.IssueAsync(claims, key.Signer, said, cancellationToken);
            case CredentialFormat.JwtVcJson:
                return await JwtVc.SignAsync(WalletCopy.ToJwtVc(master.Document, terms), key.Signer, key.VerificationMethod, cancellationToken);
            case CredentialFormat.LdpVc:
                return await s_dataIntegrity.SignAsync(WalletCopy.ToDataModel(master.Document, terms), key.Signer, securing, cancellationToken);
            default:
                return await s_jwt.SignAsync(WalletCopy.ToDataModel(master.Document, terms), key.Signer, securing, cancellationToken);
        }
    }

    // An SD-JWT VC has its status by its token list; of the older entries it carries the registry's alone.
    private IEnumerable<JsonObject> EntriesOf(StatusPosition position, RegistryEntry registry, bool registryAlone)
    {
        foreach (string purpose in registryAlone ? [] : (string[])[StatusPurpose.Revocation, StatusPurpose.Suspension])
        {
            BitstringStatusListEntry entry = new(purpose, position.Index, StatusListPublisher.UrlOf(options, position.ListId, purpose));
            yield return JsonNode.Parse(RawJson.TextOf(writer => StatusEntryJson.Write(writer, entry)))!.AsObject();
        }

        yield return new JsonObject { ["id"] = registry.Id, ["type"] = RegistryEntry.Type };
    }

    // Of compact forms the digest is over the text before the first tilde; whatever follows is the holder's to show or not.
    private static AnchorDigest DigestOf(byte[] secured)
    {
        if (SecuredText.IsEnvelope(secured))
        {
            int tilde = secured.AsSpan().IndexOf((byte)'~');
            return AnchorDigest.From(SHA256.HashData(tilde < 0 ? secured : secured.AsSpan(0, tilde)));
        }

        using var document = JsonDocument.Parse(secured);
        return MerkleAnchor2026.DigestOf(document.RootElement)!.Value;
    }
}
