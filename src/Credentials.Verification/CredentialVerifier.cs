using Credentials.Anchoring;

namespace Credentials.Verification;

/// <summary>Verifies credentials: what I trust, what I expect, when. Never throws for what it is handed; safe to share between threads.</summary>
public sealed class CredentialVerifier
{
    /// <summary>A verifier.</summary>
    public CredentialVerifier(TrustedMaterial trusted, VerificationPolicy policy, TimeProvider clock) => throw new NotImplementedException();

    /// <summary>Verifies a credential.</summary>
    /// <param name="credential">JSON text as received.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<VerificationResult> VerifyAsync(ReadOnlyMemory<byte> credential, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Verifies a credential with receipts that came beside it, such as from a batch's receipt file.</summary>
    public Task<VerificationResult> VerifyAsync(ReadOnlyMemory<byte> credential, IReadOnlyList<AnchorReceipt> receipts, CancellationToken cancellationToken) => throw new NotImplementedException();
}
