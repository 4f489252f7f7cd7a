using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Credentials.Evidence;

namespace Credentials.Ethereum.Evidence;

/// <summary>Asks an RFC 3161 authority for time-stamps over HTTP. It sees a digest and nothing else.</summary>
/// <param name="http">The client; its handler decides who may be reached.</param>
/// <param name="url">Where the authority listens.</param>
/// <remarks>https://www.rfc-editor.org/rfc/rfc3161#section-3.4</remarks>
public sealed class TimeStampAuthority(HttpClient http, Uri url)
{
    private const int MaxAnswer = 64 * 1024;

    /// <summary>How long one answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A token over a statement's digest; or why there is none. Never throws for what the authority does.</summary>
    public async Task<Parsed<WitnessStatement>> StampAsync(HeaderStatement statement, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statement);
        byte[] nonce = RandomNumberGenerator.GetBytes(16);
        nonce[0] = (byte)((nonce[0] & 0x3f) | 0x40); // A nonce is an integer in its shortest form, and some authorities take no negative one.
        var query = Rfc3161TimestampRequest.CreateFromHash(statement.Digest.ToArray(), HashAlgorithmName.SHA256, requestedPolicyId: null, nonce, requestSignerCertificates: true);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Timeout);
        try
        {
            byte[] answer = await PostAsync(query.Encode(), patience.Token).ConfigureAwait(false);

            // Holds status, nonce, imprint and signature; by whom it is signed, the verifier judges.
            Rfc3161TimestampToken token = query.ProcessResponse(answer, out int read);
            return read == answer.Length ? new WitnessStatement(WitnessStatement.TimeStamp, token.AsSignedCms().Encode()) : Fault("answered with more than a time-stamp");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Fault($"did not answer within {Timeout.TotalSeconds:0} s");
        }
        catch (HttpRequestException e)
        {
            return Fault(e.StatusCode is { } status ? $"answered HTTP {(int)status}" : "could not be reached");
        }
        catch (CryptographicException)
        {
            return Fault("refused, or answered with something else than a time-stamp over what it was asked for");
        }
    }

    private async Task<byte[]> PostAsync(byte[] query, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(query) { Headers = { ContentType = new("application/timestamp-query") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = new byte[MaxAnswer + 1];
        int length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return length <= MaxAnswer ? buffer[..length] : throw new CryptographicException("The answer is too long.");
    }

    private Problem Fault(string what) => new(ProblemCode.EvidenceError, $"The time-stamp authority at {url.Host} {what}.");
}
