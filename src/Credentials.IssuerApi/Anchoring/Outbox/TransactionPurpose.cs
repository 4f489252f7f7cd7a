namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>What a transaction is for: one function of the registry each. The names are those of the database.</summary>
internal static class TransactionPurpose
{
    public const string CreateInstitution = "create-institution";
    public const string Anchor = "anchor";
    public const string Revoke = "revoke";
    public const string AddKey = "add-key";
    public const string RevokeKey = "revoke-key";
    public const string SetIdentity = "set-identity";
    public const string Accredit = "accredit";
    public const string RevokeAccreditation = "revoke-accreditation";
    public const string ProposeSuccessor = "propose-successor";
    public const string AcceptSuccession = "accept-succession";
    public const string DistrustRoot = "distrust-root";

    /// <summary>Any other function: operators, controllers.</summary>
    public const string Call = "call";
}
