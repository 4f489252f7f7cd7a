using System.Formats.Cbor;
using Credentials.Cose;
using Credentials.Enveloping;
using Credentials.Keys;

namespace Credentials.Status;

/// <summary><c>statuslist+cwt</c>, as a tagged COSE_Sign1.</summary>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-status-list-20.html#name-status-list-token-in-cwt-fo. Its certificates are not looked at: what an SD-JWT VC refers to is a JWT.</remarks>
internal sealed class StatusListCwt : StatusListToken
{
    private const byte Tag = 0xD2;
    private const int TimeToLive = 65534;
    private const int StatusList = 65533;
    private const int Subject = 2;

    private readonly CoseSign1 _cose;

    private StatusListCwt(CoseSign1 cose, StatusListClaims claims)
        : base(claims) => _cose = cose;

    public override string? KeyId => _cose.Header.KeyId;

    public override IReadOnlyList<ReadOnlyMemory<byte>> CertificateChain => [];

    public override string MediaType => CwtMediaType;

    public override Problem? Verify(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _cose.Verify(key);
    }

    internal static new Parsed<StatusListToken> Open(ReadOnlyMemory<byte> token)
    {
        // "The Status List Token MUST NOT be tagged with the CWT tag ... The COSE message MUST either be the tagged COSE_Sign1_Tagged (18) or COSE_Mac0_Tagged (17)": a MAC proves nothing to strangers.
        if (token.Span[0] != Tag)
        {
            return Fault("A status list token in CBOR is a COSE_Sign1 with its tag (18).");
        }

        Parsed<CoseSign1> cose = CoseSign1.Read(token);
        if (!cose.Ok)
        {
            return cose.Problem;
        }

        // "The type of the CWT MUST be application/statuslist+cwt or the registered CoAP Content-Format ID": none is registered yet.
        if (cose.Value.Header.Type != CwtMediaType)
        {
            return Fault($"The type of a status list token in CBOR is {CwtMediaType}.");
        }

        try
        {
            Parsed<StatusListClaims> claims = ReadClaims(cose.Value.Payload);
            return claims.Ok ? new StatusListCwt(cose.Value, claims.Value) : claims.Problem;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or ArgumentException or FormatException)
        {
            // The reader's way of saying that the next item is of another type, shape or size.
            return Fault("The claims of the status list token are no CBOR map of the shape that they should have.");
        }
    }

    internal static Task<Parsed<byte[]>> SignAsync(StatusListClaims claims, ISigner signer, string keyId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(signer);
        var header = new CborWriter(CborConformanceMode.Canonical);
        header.WriteStartMap(3);
        header.WriteInt32(CoseLabel.Algorithm);
        header.WriteInt32(SignatureAlgorithm.Of(signer.PublicKey.Type).Cose);
        header.WriteInt32(CoseLabel.KeyId);
        header.WriteByteString(System.Text.Encoding.UTF8.GetBytes(keyId));
        header.WriteInt32(CoseLabel.Type);
        header.WriteTextString(CwtMediaType);
        header.WriteEndMap();
        return CoseSign1.SignAsync(Write(claims), signer, header.Encode(), cancellationToken);
    }

    private static Parsed<StatusListClaims> ReadClaims(ReadOnlyMemory<byte> payload)
    {
        var cbor = new CborReader(payload, CborConformanceMode.Strict);
        var read = new Said();
        CoseItems.ReadMap(cbor, read.Take(cbor));
        return cbor.BytesRemaining > 0 ? Fault("Something follows the claims of the status list token.")
            : read is not { Subject: { Length: > 0 } subject, IssuedAt: { } issuedAt, Bits: { } bits, List: { } list } ? Fault("A status list token has a subject, a time of issue, and a list with its bits.")
            : TokenStatusList.Decompress(list, (int)Math.Min(bits, int.MaxValue)) is var statuses && statuses.Ok
                ? new StatusListClaims(subject, issuedAt, statuses.Value) { Issuer = read.Issuer, Expires = read.Expires, NotBefore = read.NotBefore, TimeToLive = read.TimeToLive, AggregationUri = read.AggregationUri }
                : statuses.Problem!;
    }

    private static byte[] Write(StatusListClaims claims)
    {
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        cbor.WriteStartMap(3 + (claims.Issuer is null ? 0 : 1) + (claims.Expires is null ? 0 : 1) + (claims.NotBefore is null ? 0 : 1) + (claims.TimeToLive is null ? 0 : 1));
        if (claims.Issuer is { } issuer)
        {
            cbor.WriteInt32(CoseLabel.ClaimIssuer);
            cbor.WriteTextString(issuer);
        }

        cbor.WriteInt32(Subject);
        cbor.WriteTextString(claims.Subject);
        if (claims.Expires is { } expires)
        {
            cbor.WriteInt32(CoseLabel.ClaimExpires);
            cbor.WriteInt64(expires.ToUnixTimeSeconds());
        }

        if (claims.NotBefore is { } begins)
        {
            cbor.WriteInt32(CoseLabel.ClaimNotBefore);
            cbor.WriteInt64(begins.ToUnixTimeSeconds());
        }

        cbor.WriteInt32(CoseLabel.ClaimIssuedAt);
        cbor.WriteInt64(claims.IssuedAt.ToUnixTimeSeconds());
        if (claims.TimeToLive is { } kept)
        {
            cbor.WriteInt32(TimeToLive);
            cbor.WriteInt64(Math.Max(1, (long)kept.TotalSeconds));
        }

        cbor.WriteInt32(StatusList);
        cbor.WriteStartMap(claims.AggregationUri is null ? 2 : 3);
        cbor.WriteTextString("bits");
        cbor.WriteInt32(claims.List.Bits);
        cbor.WriteTextString("lst");
        cbor.WriteByteString(claims.List.Compress());
        if (claims.AggregationUri is { } aggregation)
        {
            cbor.WriteTextString("aggregation_uri");
            cbor.WriteTextString(aggregation);
        }

        cbor.WriteEndMap();
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    private static Problem Fault(string detail) => new(ProblemCode.StatusVerificationError, detail);

    /// <summary>The claims as far as they were read.</summary>
    private sealed class Said
    {
        private const int MaxEntries = 16;

        public string? Issuer { get; private set; }

        public string? Subject { get; private set; }

        public DateTimeOffset? IssuedAt { get; private set; }

        public DateTimeOffset? Expires { get; private set; }

        public DateTimeOffset? NotBefore { get; private set; }

        public TimeSpan? TimeToLive { get; private set; }

        public ulong? Bits { get; private set; }

        public byte[]? List { get; private set; }

        public string? AggregationUri { get; private set; }

        public Func<long, bool> Take(CborReader cbor) => label =>
        {
            switch (label)
            {
                case CoseLabel.ClaimIssuer:
                    Issuer = cbor.ReadTextString();
                    return true;
                case StatusListCwt.Subject:
                    Subject = cbor.ReadTextString();
                    return true;
                case CoseLabel.ClaimExpires:
                    Expires = CoseItems.ReadTime(cbor);
                    return true;
                case CoseLabel.ClaimNotBefore:
                    NotBefore = CoseItems.ReadTime(cbor);
                    return true;
                case CoseLabel.ClaimIssuedAt:
                    IssuedAt = CoseItems.ReadTime(cbor);
                    return true;
                case StatusListCwt.TimeToLive:
                    // "Unsigned integer (major type 0) ... The value of the claim MUST be a positive number."
                    TimeToLive = cbor.ReadUInt64() is > 0 and var seconds ? TimeSpan.FromSeconds(Math.Min(seconds, MaxTimeToLive)) : throw new CborContentException("The ttl is positive.");
                    return true;
                case StatusList:
                    ReadList(cbor);
                    return true;
                default:
                    return false;
            }
        };

        private void ReadList(CborReader cbor)
        {
            int count = cbor.ReadStartMap() is { } stated and <= MaxEntries ? stated : throw new CborContentException("The list has no stated length, or too many entries.");
            for (int i = 0; i < count; i++)
            {
                switch (cbor.ReadTextString())
                {
                    case "bits":
                        Bits = cbor.ReadUInt64();
                        break;
                    case "lst":
                        List = cbor.ReadByteString();
                        break;
                    case "aggregation_uri":
                        AggregationUri = cbor.ReadTextString();
                        break;
                    default:
                        cbor.SkipValue();
                        break;
                }
            }

            cbor.ReadEndMap();
        }
    }
}
