using System.Text.Json;
using Credentials.Encoding;
using Credentials.Schema;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>Whether the credential keeps to every schema that its <c>credentialSchema</c> names.</summary>
/// <remarks>
/// https://www.w3.org/TR/vc-json-schema/. The signed credential says that it fits the schema of an address; what lies there may have changed since, by the hand of whoever has the host now.
/// Failed therefore only under a schema that is authenticated: the relying party keeps it (<see cref="TrustedMaterial.Schemas"/>), the signed credential has its digest, or the issuer itself (or a pinned party) signed it as a credential.
/// Under one that was merely fetched, not fitting is a doubt; fitting is told with where it came from. Indeterminate, too: a schema that cannot be had, is none, or asks for what is not done here.
/// Of a credential that the holder may show in part, not fitting is a doubt under any schema: what is missing may have been withheld.
/// Told, and required by no named policy: a diploma whose signature holds is no worse for a schema host that is down.
/// The document is held against it as it was received, and, where that does not fit, without its proof: the specification does not say which, and an issuer checks before it signs.
/// </remarks>
internal sealed class SchemaCheck : ICheck
{
    /// <summary>More schemas than any credential needs; each may cost a fetch.</summary>
    private const int MaxSchemas = 4;

    /// <inheritdoc/>
    public string Name => CheckName.Schema;

    /// <inheritdoc/>
    public async Task<CheckResult> RunAsync(Verification verification, Patience patience)
    {
        IReadOnlyList<CredentialSchema> entries = CredentialSchema.ReadAll(verification.Credential);
        return entries.Count switch
        {
            0 => Check.Skipped(Name, "The credential names no schema."),
            > MaxSchemas => Check.CannotTell(Name, ProblemCode.Unsupported, $"The credential names {entries.Count} schemas; this verifier looks at most at {MaxSchemas}.", Remedy.Issuer),
            _ => Check.Worst(Name, await Task.WhenAll(entries.Select(entry => JudgeAsync(entry, verification, patience))).ConfigureAwait(false)),
        };
    }

    private async Task<CheckResult> JudgeAsync(CredentialSchema entry, Verification verification, Patience patience)
    {
        (FoundSchema? found, Doubt? doubt) = await verification.Schemas.GetAsync(entry, verification.Credential.IssuerId, verification.Now, patience).ConfigureAwait(false);
        if (found is null)
        {
            return Check.CannotTell(Name, doubt!);
        }

        SchemaVerdict verdict = Validate(found.Schema, verification.Credential.Json);
        return verdict.Outcome switch
        {
            SchemaOutcome.Fits => Check.Passed(Name, $"The credential fits the schema {found.Source}."),
            SchemaOutcome.CannotTell => Check.CannotTell(Name, new Doubt(verdict.Problem!, Remedy.Verifier)),
            _ when verification.Proofs.Held.Any(one => one.Signature.LetsWithhold) => Check.CannotTell(Name, new Doubt(verdict.Problem! with { Detail = $"What is shown of the credential does not fit the schema {found.Source}; the whole of it, as it was issued, may. {verdict.Problem!.Detail}" }, Remedy.Holder)),
            _ when found.Authentic => new(Name, CheckOutcome.Failed, verdict.Problem, $"The credential does not fit the schema {found.Source}, though its issuer says that it does. {verdict.Problem!.Detail}", Remedy.Issuer),
            _ => Check.CannotTell(Name, new Doubt(verdict.Problem! with { Detail = $"The credential does not fit the schema {found.Source} as it is today; nothing shows that this is the one with which it was issued. {verdict.Problem!.Detail}" }, Remedy.Issuer)),
        };
    }

    private static SchemaVerdict Validate(JsonSchema schema, JsonElement document)
    {
        SchemaVerdict verdict = schema.Validate(document);
        return verdict.Outcome == SchemaOutcome.DoesNotFit && document.TryGetProperty("proof", out _) && schema.Validate(WithoutProof(document)).Outcome == SchemaOutcome.Fits
            ? new(SchemaOutcome.Fits, null)
            : verdict;
    }

    private static JsonElement WithoutProof(JsonElement document)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            foreach (JsonProperty member in document.EnumerateObject().Where(member => member.Name != "proof"))
            {
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return StrictJson.Parse(text.ToArray()).Require().RootElement;
    }
}
