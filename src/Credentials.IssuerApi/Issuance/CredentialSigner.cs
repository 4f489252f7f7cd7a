using System.Diagnostics;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Links;
using Credentials.IssuerApi.Status;
using Credentials.Keys;
using Credentials.Securing;
using Credentials.Status;

namespace Credentials.IssuerApi.Issuance;

/// <summary>The issuing core, for one credential as for a hundred thousand: completes, validates, signs. Touches no database.</summary>
internal sealed class CredentialSigner(InstitutionKeys keys, TrustedChain chain, IssuerOptions options, TimeProvider clock)
{
    /// <summary>Signs under a position that is leased for this credential alone.</summary>
    public async Task<Signing> SignAsync(Institution institution, JsonElement credential, StatusPosition position, SecuringPlan plan, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        if (CredentialDraft.Refusals(credential, institution.Did) is { Count: > 0 } refusals)
        {
            return Signing.Refused(refusals);
        }

        DateTimeOffset now = WholeSeconds(clock.GetUtcNow());
        string id = Guid.NewGuid().ToString();
        string draftId = $"urn:uuid:{id}";
        var handle = RegistryHandle.Create();
        (byte[] document, IReadOnlyList<Problem> problems) = CredentialDraft.Complete(
            credential, draftId, institution, now, EntriesOf(position), new RegistryEntry(chain.Registry, institution.ChainInstitution, handle));
        if (problems.Count > 0)
        {
            return Signing.Refused(problems);
        }

        string credentialId = credential.TryGetProperty("id", out JsonElement own) ? own.GetString()! : draftId;
        HashSet<string> signedBy = new(StringComparer.Ordinal);
        foreach (SecuringForm form in plan.Forms)
        {
            InstitutionKey key = await KeyForAsync(institution, form, cancellationToken)
                ?? throw new InvalidOperationException($"The institution '{institution.Id}' has no key for {form.Name}.");
            signedBy.Add(key.Id);
            Parsed<byte[]> signed = await form.SignAsync(document, key.Signer, plan.OptionsFor(form, document, key.VerificationMethod, now), cancellationToken);
            if (!signed.Ok)
            {
                return Signing.Refused(signed.Problem);
            }

            document = signed.Value;
        }

        if (SecuredText.DigestOf(document) is not { } digest)
        {
            return Signing.Refused(new Problem(ProblemCode.ProofTransformationError, "The credential has no canonical form.", ""));
        }

        Telemetry.SigningSeconds.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        return Signing.Of(new SignedCredential(id, credentialId, document, digest, handle, position, LinkToken.Create(), [.. signedBy]));
    }

    /// <summary>Why the institution cannot sign like that; null when it can.</summary>
    public async Task<Problem?> RefusalAsync(Institution institution, SecuringPlan plan, string? pointer, CancellationToken cancellationToken)
    {
        foreach (SecuringForm form in plan.Forms)
        {
            if (await KeyForAsync(institution, form, cancellationToken) is null)
            {
                return new Problem(ProblemCode.UnsupportedCryptosuite, $"This institution has no key for {form.Name}.", pointer);
            }
        }

        return null;
    }

    /// <summary>Times in credentials are whole seconds.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private async Task<InstitutionKey?> KeyForAsync(Institution institution, SecuringForm form, CancellationToken cancellationToken)
    {
        foreach (KeyType type in form.KeyTypes.Order())
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
        new(StatusPurpose.Message, position.Index, StatusListPublisher.UrlOf(options, position.ListId, StatusPurpose.Message)) { StatusMessages = StatusEntryJson.Messages },
    ];
}
