using System.Diagnostics;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.DataIntegrity;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Links;
using Credentials.IssuerApi.Status;
using Credentials.Keys;
using Credentials.Status;

namespace Credentials.IssuerApi.Issuance;

/// <summary>The issuing core, for one credential as for a hundred thousand: completes, validates, signs. Touches no database.</summary>
internal sealed class CredentialSigner(InstitutionKeys keys, TrustedChain chain, IssuerOptions options, TimeProvider clock)
{
    /// <summary>P-256: the algorithm that every HSM and KMS has.</summary>
    public static Cryptosuite DefaultSuite { get; } = Cryptosuite.Find("ecdsa-jcs-2019") ?? throw new InvalidOperationException("The suite ecdsa-jcs-2019 is gone.");

    /// <summary>Signs under a position that is leased for this credential alone. With several suites the result is a proof set.</summary>
    public async Task<Signing> SignAsync(Institution institution, JsonElement credential, StatusPosition position, IReadOnlyList<Cryptosuite> suites, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        if (CredentialDraft.Refusals(credential, institution.Did) is { Count: > 0 } refusals)
        {
            return Signing.Refused(refusals);
        }

        DateTimeOffset now = WholeSeconds(clock.GetUtcNow());
        string id = Guid.NewGuid().ToString();
        var handle = RegistryHandle.Create();
        (byte[] document, IReadOnlyList<Problem> problems) = CredentialDraft.Complete(
            credential, $"urn:uuid:{id}", institution, now, EntriesOf(position), new RegistryEntry(chain.Registry, institution.ChainInstitution, handle));
        if (problems.Count > 0)
        {
            return Signing.Refused(problems);
        }

        foreach (Cryptosuite suite in suites)
        {
            Parsed<byte[]> signed = await AddProofAsync(institution, document, suite, now, cancellationToken);
            if (!signed.Ok)
            {
                return Signing.Refused(signed.Problem);
            }

            document = signed.Value;
        }

        using var secured = JsonDocument.Parse(document);
        if (MerkleAnchor2026.DigestOf(secured.RootElement) is not { } digest)
        {
            return Signing.Refused(new Problem(ProblemCode.ProofTransformationError, "The credential has no canonical form.", ""));
        }

        string credentialId = secured.RootElement.GetProperty("id").GetString()!;
        Telemetry.SigningSeconds.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        return Signing.Of(new SignedCredential(id, credentialId, document, digest, handle, position, LinkToken.Create()));
    }

    /// <summary>Whether the institution has a key for a suite.</summary>
    public async Task<bool> CanSignAsync(Institution institution, Cryptosuite suite, CancellationToken cancellationToken) =>
        await KeyForAsync(institution, suite, cancellationToken) is not null;

    /// <summary>Times in credentials are whole seconds.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private async Task<Parsed<byte[]>> AddProofAsync(Institution institution, byte[] document, Cryptosuite suite, DateTimeOffset created, CancellationToken cancellationToken)
    {
        InstitutionKey key = await KeyForAsync(institution, suite, cancellationToken)
            ?? throw new InvalidOperationException($"The institution '{institution.Id}' has no key for {suite.Name}.");
        return await DataIntegritySuite.SignAsync(document, suite, key.Signer, new ProofOptions(key.VerificationMethod, created), cancellationToken);
    }

    private async Task<InstitutionKey?> KeyForAsync(Institution institution, Cryptosuite suite, CancellationToken cancellationToken)
    {
        foreach (KeyType type in suite.KeyTypes.Order())
        {
            if (await keys.FindAsync(institution.Id, type, cancellationToken) is { } key)
            {
                return key;
            }
        }

        return null;
    }

    private BitstringStatusListEntry[] EntriesOf(StatusPosition position) =>
    [
        new(StatusPurpose.Revocation, position.Index, StatusListPublisher.UrlOf(options, position.ListId, StatusPurpose.Revocation)),
        new(StatusPurpose.Suspension, position.Index, StatusListPublisher.UrlOf(options, position.ListId, StatusPurpose.Suspension)),
    ];
}
