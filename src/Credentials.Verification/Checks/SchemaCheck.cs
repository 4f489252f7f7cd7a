using System.Text.Json;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>Whether the credential keeps to every schema that its <c>credentialSchema</c> names.</summary>
/// <remarks>https://www.w3.org/TR/vc-json-schema/. Failed: a schema that is at hand, and not a wrong one, refuses the credential. Indeterminate: a schema that cannot be had, believed or understood.</remarks>
internal sealed class SchemaCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => CheckName.Schema;

    /// <inheritdoc/>
    public Task<CheckResult> RunAsync(Verification verification, Patience patience) => Task.FromResult(
        verification.Credential.Json.TryGetProperty("credentialSchema", out JsonElement _)
            ? Check.CannotTell(Name, ProblemCode.Unsupported, "The credential names a schema, which this verifier cannot hold it against yet.", Remedy.Verifier)
            : Check.Skipped(Name, "The credential names no schema."));
}
