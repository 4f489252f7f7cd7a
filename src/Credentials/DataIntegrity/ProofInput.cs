using System.Text.Json;
using Credentials.JsonLd;

namespace Credentials.DataIntegrity;

/// <summary>All that the bytes of one proof depend on, besides the key.</summary>
/// <param name="Document">The document, secured or not; its <c>proof</c> member does not count.</param>
/// <param name="Configuration">The proof; its <c>proofValue</c> does not count.</param>
/// <param name="PreviousProofs">The proofs that it builds on, as they stand in the document, in its order: they are signed with the document.</param>
/// <param name="Contexts">What the document's terms mean; null: those that ship.</param>
internal sealed record ProofInput(JsonElement Document, JsonElement Configuration, IReadOnlyList<JsonElement> PreviousProofs, ContextLibrary? Contexts)
{
    /// <summary>RFC 6901 pointers to what every derived proof discloses; of no meaning to suites without selective disclosure.</summary>
    public IReadOnlyList<string> MandatoryPointers { get; init; } = [];

    /// <summary>The context of the document, or an undefined element.</summary>
    public JsonElement DocumentContext => Document.TryGetProperty("@context", out JsonElement context) ? context : default;

    /// <summary>The document with no proof but those that this one builds on.</summary>
    public JsonDocument InputDocument() => ProofDocument.WithProofs(Document, PreviousProofs);
}
