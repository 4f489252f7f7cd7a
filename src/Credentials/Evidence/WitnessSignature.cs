using System.Globalization;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Jose;
using Credentials.Keys;

namespace Credentials.Evidence;

/// <summary>The signature of a witness that looked at the chain itself: a compact JWS whose payload says what it saw and when.</summary>
/// <remarks>
/// Header: <c>{"alg":…,"typ":"credentials-witness+jwt"}</c>. Payload: <c>{"registry":"eip155:…","genesisHash":"0x…","root":"0x…","blockHash":"0x…","iat":1782820800}</c>.
/// Whoever signs one says that the block is of the chain and final: look before signing.
/// </remarks>
public static class WitnessSignature
{
    /// <summary>The <c>typ</c>: a signature made for anything else is none of these.</summary>
    public const string Type = "credentials-witness+jwt";

    /// <summary>Signs a statement.</summary>
    /// <param name="statement">What was seen.</param>
    /// <param name="time">When; kept in whole seconds.</param>
    /// <param name="signer">The witness's key.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<Parsed<WitnessStatement>> SignAsync(HeaderStatement statement, DateTimeOffset time, ISigner signer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(signer);
        byte[] payload = EvidenceText.Utf8(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("registry", statement.Registry.ToString());
            writer.WriteString("genesisHash", statement.GenesisHash.ToString());
            writer.WriteString("root", statement.Root.ToString());
            writer.WriteString("blockHash", statement.BlockHash.ToString());
            writer.WriteNumber("iat", time.ToUnixTimeSeconds());
            writer.WriteEndObject();
        });
        Parsed<byte[]> jws = await JwsWriter.SignAsync(payload, signer, new(Type), default, default, cancellationToken).ConfigureAwait(false);
        return jws.Ok ? new WitnessStatement(WitnessStatement.Signature, jws.Value) : jws.Problem;
    }

    /// <summary>When the witness saw it; or why that is not shown.</summary>
    /// <param name="jws">The compact JWS.</param>
    /// <param name="statement">What must have been seen.</param>
    /// <param name="key">The witness's key, from whoever trusts it.</param>
    public static (DateTimeOffset? Time, Problem? Problem) Verify(ReadOnlyMemory<byte> jws, HeaderStatement statement, PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(key);
        if (CompactJws.Read(jws) is not { Ok: true, Value: { } read } || read.Header.Type != Type)
        {
            return Fault("It is no JWS of a witness.");
        }

        if (read.Verify(key) is not null)
        {
            return Fault("It is not signed with the witness's key.");
        }

        Parsed<JsonDocument> payload = read.ParsePayload();
        if (!payload.Ok)
        {
            return Fault(payload.Problem.Detail);
        }

        using JsonDocument json = payload.Value;
        var reader = new AnchorJsonReader(json.RootElement, code: ProblemCode.EvidenceError);
        reader.AllowOnly("registry", "genesisHash", "root", "blockHash", "iat");
        var said = new HeaderStatement(reader.Registry() ?? new(0, ""), reader.Hash("genesisHash"), new(reader.Hash("root")), reader.Hash("blockHash"));
        long time = reader.Number("iat");
        return reader.Problem is { } problem ? (null, problem)
            : time > DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? Fault(string.Create(CultureInfo.InvariantCulture, $"There is no such time as {time}."))
            : said != statement ? Fault("The witness saw another block, another root, or another registry.")
            : (DateTimeOffset.FromUnixTimeSeconds(time), null);
    }

    private static (DateTimeOffset? Time, Problem? Problem) Fault(string detail) => (null, new(ProblemCode.EvidenceError, detail));
}
