using Credentials.DataModel;

namespace Credentials.VerifierWeb.Intake;

/// <summary>What a visitor handed over: a document to be verified, or the reason why there is none.</summary>
/// <param name="Document">JSON text as received; empty when there is a fault.</param>
/// <param name="Fault">Why there is no document.</param>
/// <param name="Link">The link through which it came, to be carried to another verifier.</param>
/// <param name="Detail">The fetcher's own words about a failed fetch.</param>
internal sealed record Handed(ReadOnlyMemory<byte> Document, IntakeFault? Fault, CredentialLink? Link, string? Detail)
{
    public static Handed Of(ReadOnlyMemory<byte> document) => new(document, null, null, null);

    public static Handed Nothing(IntakeFault fault, CredentialLink? link = null, string? detail = null) => new(default, fault, link, detail);
}
