using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.DataModel;
using Credentials.Jose;

namespace Credentials.Wallets;

/// <summary>What is signed for a wallet, out of a master diploma: one payload for each format. Pure: the master's signature, status and anchor proofs are left behind, its words are kept.</summary>
public static class WalletCopy
{
    /// <summary>The claims of an SD-JWT VC (<c>dc+sd-jwt</c>), without <c>cnf</c>, which <see cref="DcSdJwt.SdJwtVc.IssueAsync"/> adds; <see cref="FrameOf"/> says what of them may be withheld.</summary>
    /// <param name="master">The master diploma.</param>
    /// <param name="terms">What the copy says of its own.</param>
    public static byte[] ToSdJwtVc(VerifiableCredential master, WalletCopyTerms terms)
    {
        ArgumentNullException.ThrowIfNull(master);
        ArgumentNullException.ThrowIfNull(terms);
        return Bytes(DiplomaClaims.Of(master, terms));
    }

    /// <summary>What may be withheld of claims that <see cref="ToSdJwtVc"/> wrote: each of the diploma's claims on its own.</summary>
    public static DisclosureFrame FrameOf(ReadOnlyMemory<byte> claims)
    {
        using JsonDocument json = Encoding.StrictJson.Parse(claims).Require();
        return new([.. json.RootElement.EnumerateObject().Where(claim => DiplomaClaims.Disclosable.Contains(claim.Name, StringComparer.Ordinal)).Select(claim => "/" + claim.Name)]);
    }

    /// <summary>The document of VCDM 2.0 for <c>ldp_vc</c> and <c>vc+jwt</c>: a new <c>id</c>, the holder as subject, the copy's own status entries and evidence.</summary>
    /// <param name="master">The master diploma, of VCDM 2.0 (one of 1.1 is brought into the words of 2.0).</param>
    /// <param name="terms">What the copy says of its own.</param>
    public static byte[] ToDataModel(VerifiableCredential master, WalletCopyTerms terms)
    {
        ArgumentNullException.ThrowIfNull(master);
        ArgumentNullException.ThrowIfNull(terms);
        return Bytes(CopiedDocument.Of(master, terms, DataModelVersion.V2));
    }

    /// <summary>The claims of a JWT of VCDM 1.1 (<c>jwt_vc_json</c>) for <see cref="JwtVcs.JwtVc.SignAsync"/>: the document in <c>vc</c>, with <c>iss</c>, <c>sub</c>, <c>nbf</c>, <c>exp</c> and <c>jti</c> beside it.</summary>
    /// <param name="master">The master diploma.</param>
    /// <param name="terms">What the copy says of its own.</param>
    public static byte[] ToJwtVc(VerifiableCredential master, WalletCopyTerms terms)
    {
        ArgumentNullException.ThrowIfNull(master);
        ArgumentNullException.ThrowIfNull(terms);
        JsonObject document = CopiedDocument.Of(master, terms, DataModelVersion.V1);
        return Bytes(JwtVcs.JwtVcClaims.Of(document));
    }

    private static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json, Readable);

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
