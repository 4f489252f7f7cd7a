using System.Text.Json;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.Keys;

namespace Credentials.Status;

/// <summary><c>statuslist+jwt</c>.</summary>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-status-list-20.html#name-status-list-token-in-jwt-fo</remarks>
internal sealed class StatusListJwt : StatusListToken
{
    private const string Type = "statuslist+jwt";

    private readonly CompactJws _jws;

    private StatusListJwt(CompactJws jws, StatusListClaims claims, ReadOnlyMemory<byte>[] chain)
        : base(claims) => (_jws, CertificateChain) = (jws, chain);

    public override string? KeyId => _jws.Header.KeyId;

    public override IReadOnlyList<ReadOnlyMemory<byte>> CertificateChain { get; }

    public override string MediaType => JwtMediaType;

    public override Problem? Verify(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _jws.Verify(key);
    }

    internal static new Parsed<StatusListToken> Open(ReadOnlyMemory<byte> token)
    {
        Parsed<CompactJws> jws = CompactJws.Read(token);
        if (!jws.Ok)
        {
            return jws.Problem;
        }

        // "The JWT type MUST be statuslist+jwt."
        if (jws.Value.Header.Type is not (Type or JwtMediaType))
        {
            return Fault($"The typ of a status list token is {Type}.");
        }

        Parsed<ReadOnlyMemory<byte>[]> chain = CertificateHeader.Read(jws.Value.Header.Json);
        Parsed<JsonDocument> payload = jws.Value.ParsePayload();
        if (!payload.Ok || !chain.Ok)
        {
            return (payload.Problem ?? chain.Problem)!;
        }

        using JsonDocument json = payload.Value;
        Parsed<EnvelopeClaims> registered = ClaimReader.Read(json.RootElement, header: JsonElement.Parse("{}"u8));
        Parsed<StatusListClaims> claims = registered.Ok ? ReadClaims(json.RootElement, registered.Value) : registered.Problem;
        return claims.Ok ? new StatusListJwt(jws.Value, claims.Value, chain.Value) : claims.Problem;
    }

    internal static Task<Parsed<byte[]>> SignAsync(StatusListClaims claims, ISigner signer, string keyId, IReadOnlyList<ReadOnlyMemory<byte>> chain, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claims);
        ArgumentNullException.ThrowIfNull(signer);
        return JwsWriter.SignAsync(Write(claims), signer, new(Type, KeyId: keyId, Certificates: chain), prefix: default, suffix: default, cancellationToken);
    }

    private static Parsed<StatusListClaims> ReadClaims(JsonElement json, EnvelopeClaims registered)
    {
        // sub, iat and status_list are REQUIRED.
        if (Text(json, "sub") is not { Length: > 0 } subject || registered.IssuedAt is not { } issuedAt)
        {
            return Fault("A status list token has a sub and an iat.");
        }

        // "The value of the claim MUST be a positive number encoded in JSON as a number."
        TimeSpan? timeToLive = null;
        if (json.TryGetProperty("ttl", out JsonElement ttl))
        {
            if (ttl.ValueKind != JsonValueKind.Number || !ttl.TryGetDouble(out double seconds) || !(seconds > 0))
            {
                return Fault("The ttl of a status list token is a positive number of seconds.");
            }

            timeToLive = TimeSpan.FromSeconds(Math.Min(seconds, MaxTimeToLive));
        }

        if (!json.TryGetProperty("status_list", out JsonElement list) || list.ValueKind != JsonValueKind.Object
            || !list.TryGetProperty("bits", out JsonElement bits) || bits.ValueKind != JsonValueKind.Number || !bits.TryGetInt32(out int size)
            || Text(list, "lst") is not { } lst)
        {
            return Fault("The status_list of a status list token has its bits and its lst.");
        }

        Parsed<TokenStatusList> statuses = TokenStatusList.Decode(lst, size);
        return statuses.Ok
            ? new StatusListClaims(subject, issuedAt, statuses.Value) { Issuer = registered.Issuer, Expires = registered.Expires, NotBefore = registered.NotBefore, TimeToLive = timeToLive, AggregationUri = Text(list, "aggregation_uri") }
            : statuses.Problem;
    }

    private static byte[] Write(StatusListClaims claims)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            if (claims.Issuer is { } issuer)
            {
                writer.WriteString("iss", issuer);
            }

            writer.WriteString("sub", claims.Subject);
            writer.WriteNumber("iat", claims.IssuedAt.ToUnixTimeSeconds());
            if (claims.Expires is { } expires)
            {
                writer.WriteNumber("exp", expires.ToUnixTimeSeconds());
            }

            if (claims.NotBefore is { } begins)
            {
                writer.WriteNumber("nbf", begins.ToUnixTimeSeconds());
            }

            if (claims.TimeToLive is { } kept)
            {
                writer.WriteNumber("ttl", Math.Max(1, (long)kept.TotalSeconds));
            }

            writer.WriteStartObject("status_list");
            writer.WriteNumber("bits", claims.List.Bits);
            writer.WriteString("lst", claims.List.Encode());
            if (claims.AggregationUri is { } aggregation)
            {
                writer.WriteString("aggregation_uri", aggregation);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Problem Fault(string detail) => new(ProblemCode.StatusVerificationError, detail);
}
