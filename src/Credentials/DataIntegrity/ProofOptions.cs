namespace Credentials.DataIntegrity;

/// <summary>What a proof says besides its signature.</summary>
/// <param name="VerificationMethod">DID URL of the key.</param>
/// <param name="Created">Claimed time of signing, written in whole seconds UTC.</param>
/// <param name="ProofPurpose">Purpose.</param>
public sealed record ProofOptions(string VerificationMethod, DateTimeOffset? Created, string ProofPurpose = "assertionMethod");
