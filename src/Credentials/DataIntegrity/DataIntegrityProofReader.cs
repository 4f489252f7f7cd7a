using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.DataIntegrity;

/// <summary>Reads one proof: the shapes of https://www.w3.org/TR/vc-data-integrity/#proofs, whatever its suite.</summary>
internal static class DataIntegrityProofReader
{
    /// <summary>The proof, or its first fault.</summary>
    public static Parsed<DataIntegrityProof> Read(JsonElement json, string pointer)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Fault(pointer, "A proof is an object.");
        }

        foreach (string member in (ReadOnlySpan<string>)["type", "proofPurpose", "cryptosuite", "verificationMethod", "proofValue", "created", "expires", "id", "challenge"])
        {
            if (json.TryGetProperty(member, out JsonElement value) && value.ValueKind != JsonValueKind.String)
            {
                return Fault(JsonPointer.Member(pointer, member), $"The {member} of a proof is text.");
            }
        }

        foreach (string member in (ReadOnlySpan<string>)["previousProof", "domain"])
        {
            if (Texts(json, member) is null)
            {
                return Fault(JsonPointer.Member(pointer, member), $"The {member} of a proof is text, or a list of texts.");
            }
        }

        string? type = Text(json, "type");
        string? purpose = Text(json, "proofPurpose");
        string? cryptosuite = Text(json, "cryptosuite");
        string? created = Text(json, "created");
        string? expires = Text(json, "expires");

        // "If one or more of proof.type, proof.verificationMethod, and proof.proofPurpose does not exist, an error MUST be raised"; the method is asked for when a signature is verified, because not every proof is one.
        return type is null ? Fault(pointer, "A proof has a type.")
            : purpose is null ? Fault(pointer, "A proof has a proofPurpose.")
            : type == DataIntegrityProof.DataIntegrityType && cryptosuite is null ? Fault(pointer, "A DataIntegrityProof names its cryptosuite.")
            : !TryTime(created, out DateTimeOffset? createdAt) ? Fault(JsonPointer.Member(pointer, "created"), "The created of a proof is no date and time of XML Schema.")
            : !TryTime(expires, out DateTimeOffset? expiresAt) ? Fault(JsonPointer.Member(pointer, "expires"), "The expires of a proof is no date and time of XML Schema.")
            : new DataIntegrityProof
            {
                Json = json,
                Pointer = pointer,
                Type = type,
                Cryptosuite = cryptosuite,
                VerificationMethod = Text(json, "verificationMethod"),
                ProofPurpose = purpose,
                Created = createdAt,
                Expires = expiresAt,
                Id = Text(json, "id"),
                PreviousProof = Texts(json, "previousProof")!,
                Challenge = Text(json, "challenge"),
                Domain = Texts(json, "domain")!,
                ProofValue = Text(json, "proofValue"),
            };
    }

    /// <summary>A member that is a text or a list of texts; empty when it is absent, null when it is something else, or a longer list.</summary>
    public static IReadOnlyList<string>? Texts(JsonElement json, string member, int most = int.MaxValue) =>
        json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(member, out JsonElement value) ? []
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
        : null;

    // "Incorrectly serialized time values without an offset are to be interpreted as UTC."
    private static bool TryTime(string? text, out DateTimeOffset? value)
    {
        bool ok = XsdDateTime.TryParse(text, out DateTimeOffset time, requireOffset: false);
        value = ok ? time : null;
        return ok || text is null;
    }

    private static string? Text(JsonElement json, string member) => json.TryGetProperty(member, out JsonElement value) ? value.GetString() : null;

    private static Problem Fault(string pointer, string detail) => new(ProblemCode.ProofVerificationError, detail, pointer);
}
