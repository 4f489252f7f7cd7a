using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Dids;
using Credentials.Encoding;
using Credentials.Jose;
using Credentials.Keys;

namespace Credentials.OpenId.Presentation;

/// <summary>The wallet's look at a request before its holder sees it: is it whose it says? A request that must be signed and is not, is refused.</summary>
/// <param name="resolver">Finds the keys of verifiers that are named by a DID.</param>
/// <param name="roots">Root certificates, DER, under which verifiers' certificates count. A self-signed certificate counts when it is among them.</param>
/// <param name="clock">The time, for the certificates and for what the request says of its own time.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html#name-defined-client-identifier-p</remarks>
public sealed class RequestCheck(DidResolver resolver, IReadOnlyList<ReadOnlyMemory<byte>> roots, TimeProvider clock)
{
    // 9999-12-31T00:00:00Z.
    private const double LatestSecond = 253_402_214_400;

    // For clocks that differ.
    private static readonly TimeSpan s_tolerance = TimeSpan.FromMinutes(1);

    /// <summary>Checks a request that came by a link.</summary>
    /// <param name="link">The link.</param>
    /// <param name="requestObject">What was fetched from its <see cref="RequestLink.RequestUri"/>; null when it has none.</param>
    /// <param name="walletNonce">The nonce that was sent with POST; null when none was.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The request, or a problem with the code to answer with.</returns>
    public async Task<Parsed<CheckedRequest>> CheckAsync(RequestLink link, string? requestObject, string? walletNonce, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (link.ClientId.Check() is { } problem)
        {
            return problem;
        }

        if ((requestObject ?? link.RequestObject) is not { } signed)
        {
            // The downgrade: a name that is proven by a signature, on a request that has none.
            return link.Parameters is not { } plain ? Fault("The request was not fetched.")
                : link.ClientId.MustBeSigned ? Fault($"A verifier under {link.ClientId.Prefix} must sign its requests, and this one is not signed.")
                : new CheckedRequest(plain, IsSigned: false);
        }

        Parsed<Jwt> jwt = RequestObject.Open(signed);
        if (!jwt.Ok)
        {
            return jwt.Problem;
        }

        Parsed<AuthorizationRequest> request = await CheckSignedAsync(jwt.Value, isDcApi: false, cancellationToken).ConfigureAwait(false);
        return !request.Ok ? request.Problem

            // "The Client Identifier value in the client_id Authorization Request parameter and the Request Object client_id claim value MUST be identical, including the Client Identifier Prefix."
            : request.Value.Client != link.ClientId ? Fault("The request object names another verifier than the link.")

            // "the Wallet MUST validate whether the request object contains the respective nonce value in a wallet_nonce claim. If it does not, the Wallet MUST terminate request processing."
            : walletNonce is not null && request.Value.WalletNonce != walletNonce ? Fault("The request object does not repeat the wallet's nonce: it may be a replay.")
            : ResponseMode.IsDcApi(request.Value.ResponseMode) ? Fault("The response mode is for requests through the browser.")
            : new CheckedRequest(request.Value, IsSigned: true);
    }

    /// <summary>Checks a signed request that came through the browser.</summary>
    /// <param name="requestObject">The compact JWT.</param>
    /// <param name="origin">The origin that the browser vouches for.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Parsed<CheckedRequest>> CheckDcApiAsync(string requestObject, string origin, CancellationToken cancellationToken)
    {
        Parsed<Jwt> jwt = RequestObject.Open(requestObject);
        if (!jwt.Ok)
        {
            return jwt.Problem;
        }

        Parsed<AuthorizationRequest> request = await CheckSignedAsync(jwt.Value, isDcApi: true, cancellationToken).ConfigureAwait(false);
        return !request.Ok ? request.Problem
            : !ResponseMode.IsDcApi(request.Value.ResponseMode) ? Fault("The response mode is not one for requests through the browser.")

            // "If the Origin does not match any of the entries in expected_origins, the Wallet MUST return an error." By simple string comparison.
            : !request.Value.ExpectedOrigins.Contains(origin, StringComparer.Ordinal) ? Fault("The request was made for another origin.")
            : new CheckedRequest(request.Value, IsSigned: true);
    }

    private async Task<Parsed<AuthorizationRequest>> CheckSignedAsync(Jwt jwt, bool isDcApi, CancellationToken cancellationToken)
    {
        Parsed<AuthorizationRequest> request = RequestObject.Read(jwt);
        if (!request.Ok || request.Value.Client is not { } client)
        {
            return request.Problem ?? Fault("A signed request has a client_id.");
        }

        if (request.Value.Audience is not (null or AuthorizationRequest.AnyWallet))
        {
            return Fault("The request object was made for another wallet.");
        }

        Parsed<PublicKey> key = client.Prefix switch
        {
            ClientIdentifier.DecentralizedIdentifier => await FindDidKeyAsync(jwt, client, cancellationToken).ConfigureAwait(false),
            ClientIdentifier.X509SanDns or ClientIdentifier.X509Hash => FindCertificateKey(jwt, client, isDcApi ? null : request.Value.ResponseUri),
            _ => Fault($"Requests under {client.Prefix ?? "no prefix"} cannot be signed: nobody could tell whose signature that is."),
        };
        return !key.Ok ? key.Problem
            : jwt.Verify(key.Value) is { } forged ? Fault("The request was not signed by the verifier that it names: " + forged.Detail)
            : CheckTimes(jwt.Payload) is { } untimely ? untimely
            : request;
    }

    // RFC 9101 section 4: the request object may have the claims of RFC 7519; section 4.1.4 there: "on or after which the JWT MUST NOT be accepted for processing", and 4.1.5 "before which".
    private Problem? CheckTimes(JsonElement claims)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (string name in (string[])["exp", "nbf", "iat"])
        {
            if (!claims.TryGetProperty(name, out JsonElement claim))
            {
                continue;
            }

            if (claim.ValueKind != JsonValueKind.Number || !claim.TryGetDouble(out double seconds) || Math.Abs(seconds) > LatestSecond)
            {
                return Fault($"The {name} of the request object is no time.");
            }

            DateTimeOffset time = DateTimeOffset.UnixEpoch.AddSeconds(seconds);
            if (name == "exp" ? time <= now - s_tolerance : time > now + s_tolerance)
            {
                return Fault(name == "exp" ? "The request has expired." : "The request is not of now: by its own words it is of later.");
            }
        }

        return null;
    }

    // decentralized_identifier: "a particular public key used to sign the request in question MUST be identified by the kid in the JOSE Header."
    private async Task<Parsed<PublicKey>> FindDidKeyAsync(Jwt jwt, ClientIdentifier client, CancellationToken cancellationToken)
    {
        string id = jwt.KeyId is { } kid && kid.StartsWith('#') ? client.Original + kid : jwt.KeyId ?? "";
        if (DidUrl.Parse(id) is not { Value: { } url } || url.Did != client.Original)
        {
            return Fault("The kid of the request object is no key of the verifier's DID.");
        }

        Parsed<DidDocument> document = await resolver.ResolveAsync(client.Original, cancellationToken).ConfigureAwait(false);
        return !document.Ok ? Fault("The verifier's DID could not be resolved: " + document.Problem.Detail)
            : document.Value.Find(id) is not { } method ? Fault("The key that signed the request is not in the verifier's DID document.")
            : method.Revoked <= clock.GetUtcNow() || method.Expires <= clock.GetUtcNow() ? Fault("The verifier has given up the key that signed the request.")
            : method.Key.Ok ? method.Key : Fault("The verifier's key cannot be read: " + method.Key.Problem.Detail);
    }

    private Parsed<PublicKey> FindCertificateKey(Jwt jwt, ClientIdentifier client, string? responseUri)
    {
        Parsed<VerifierCertificate> read = VerifierCertificate.Read(jwt.Header);
        if (!read.Ok)
        {
            return read.Problem;
        }

        using VerifierCertificate certificate = read.Value;
        bool isHash = client.Prefix == ClientIdentifier.X509Hash;
        return isHash && StrictBase64Url.Encode(SHA256.HashData(certificate.Leaf.RawData)) != client.Original ? Fault("The certificate of the request is not the one whose hash the client identifier is.")
            : !isHash && !certificate.Names(client.Original) ? Fault("The certificate of the request does not name the verifier.")

            // x509_san_dns: no clients are trusted beforehand here, so "the FQDN of the redirect_uri value MUST match the Client Identifier".
            : !isHash && responseUri is not null && !client.Original.Equals(HostName.AsciiOf(new Uri(responseUri)), StringComparison.OrdinalIgnoreCase) ? Fault("The answer would go to another host than the one that the certificate names.")
            : certificate.CheckChain(roots, clock.GetUtcNow()) is { } untrusted ? untrusted
            : certificate.ReadKey();
    }

    private static Problem Fault(string detail) => new(PresentationError.InvalidRequest, detail, "");
}

/// <summary>A request of which it is established as far as its kind allows who asks.</summary>
/// <param name="Request">The request. Only what stands in it counts, whatever the link said besides.</param>
/// <param name="IsSigned">Whether the verifier signed it; when not, all that is known of it is where the answer goes.</param>
public sealed record CheckedRequest(AuthorizationRequest Request, bool IsSigned);
