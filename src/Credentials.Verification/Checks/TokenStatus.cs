using Credentials.DcSdJwt;
using Credentials.Status;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>What one Token Status List says about the credential.</summary>
/// <remarks>
/// https://www.ietf.org/archive/id/draft-ietf-oauth-status-list-20.html#name-validation-rules. Believed and judged for another moment than now by the same rules as <see cref="ListStatus"/>.
/// A value that is the application's own, or is reserved, may well mean that the credential is no longer good: nobody here can know.
/// </remarks>
internal static class TokenStatus
{
    /// <summary>Judges one reference.</summary>
    public static async Task<CheckResult> RunAsync(TokenStatusListEntry entry, Verification verification, Patience patience)
    {
        string issuer = verification.Secured.Envelope is SdJwtVc credential ? credential.Issuer : verification.Credential.IssuerId;
        (VerifiedTokenList? list, Doubt? doubt) = await verification.Tokens.GetAsync(entry.Uri, issuer, verification.KeysOfLists, patience).ConfigureAwait(false);
        doubt = list is null ? doubt : DoubtOf(list, entry, verification);
        return doubt is not null
            ? Check.CannotTell(CheckName.Status, doubt)
            : Judge(list!.Claims.List[(int)entry.Index], $" as of {Check.Say(list.Claims.IssuedAt)}", newer: list.Claims.IssuedAt > verification.Policy.JudgedAt);
    }

    private static CheckResult Judge(byte status, string asOf, bool newer) => (status, newer) switch
    {
        (TokenStatusList.Valid, true) => Check.Passed(CheckName.Status, $"Neither revoked nor suspended{asOf}. A list says only how things stand on its own day: a suspension at the moment for which was asked may have been lifted since."),
        (TokenStatusList.Valid, false) => Check.Passed(CheckName.Status, $"Neither revoked nor suspended{asOf}."),
        (TokenStatusList.Invalid or TokenStatusList.Suspended, true) => Check.CannotTell(CheckName.Status, ProblemCode.StatusVerificationError, $"The credential is {(status == TokenStatusList.Invalid ? "revoked" : "suspended")}{asOf}; whether it was at the moment for which was asked cannot be told from that.", Remedy.Issuer),
        (TokenStatusList.Invalid, _) => Check.Failed(CheckName.Status, ProblemCode.CredentialRevoked, $"The issuer has revoked the credential, for good{asOf}."),
        (TokenStatusList.Suspended, _) => Check.Failed(CheckName.Status, ProblemCode.CredentialSuspended, $"The issuer has suspended the credential{asOf}; it may lift that again."),

        // "The Status Type value 0x03 and Status Type values in the range 0x0C until 0x0F are permanently reserved as application specific."
        (0x03 or (>= 0x0C and <= 0x0F), _) => Check.CannotTell(CheckName.Status, ProblemCode.StatusVerificationError, $"The issuer gives the credential the status {status}{asOf}, which has a meaning of the issuer's own. Ask the issuer what it means.", Remedy.Issuer),
        _ => Check.CannotTell(CheckName.Status, ProblemCode.StatusVerificationError, $"The issuer gives the credential the status {status}{asOf}, which this verifier does not know.", Remedy.Verifier),
    };

    private static Doubt? DoubtOf(VerifiedTokenList list, TokenStatusListEntry entry, Verification verification)
    {
        VerificationPolicy policy = verification.Policy;
        DateTimeOffset now = verification.Now;
        StatusListClaims claims = list.Claims;
        return list switch
        {
            _ when list.Issuer != verification.Credential.IssuerId && !verification.Tokens.IsTrusted(list.Issuer)
                => Distrust($"The status list was signed by {list.Issuer}, not by the credential's issuer, and this verifier has not been told to trust that party."),

            // "The subject claim of the Status List Token MUST be equal to the uri claim in the status_list object of the Referenced Token."
            _ when claims.Subject != entry.Uri.OriginalString
                => Distrust("The status list that was fetched is another one than the credential names: it was swapped."),

            // draft-ietf-oauth-sd-jwt-vc: "the associated Status List Token MUST be in JWT format."
            { IsJwt: false } when verification.Secured.Envelope is SdJwtVc
                => Distrust("The status list is in CBOR; that of an SD-JWT VC is a JWT."),

            // "If the expiration time is defined, it MUST be checked if the Status List Token is expired."
            _ when claims.Expires <= now
                => Distrust($"The status list was valid until {Check.Say(claims.Expires.Value)}; its issuer should publish a new one."),
            { Claims.NotBefore: { } begins } when begins - verification.Seen > policy.ClockTolerance
                => Distrust($"The status list counts only from {Check.Say(begins)}."),
            _ when policy.JudgedAt is null && claims.IssuedAt - now > policy.ClockTolerance
                => Distrust($"The status list is valid only from {Check.Say(claims.IssuedAt)}."),
            _ when now - claims.IssuedAt > policy.MaxStatusAge
                => Distrust($"The status list is of {Check.Say(claims.IssuedAt)}: older than this verifier's policy allows."),

            // "If the provided index is out of bounds of the Status List, no statement about the status of the Referenced Token can be made".
            _ when entry.Index >= claims.List.Length
                => new(ProblemCode.RangeError, "The credential's index lies outside of the status list.", Remedy.Issuer),
            _ => null,
        };
    }

    private static Doubt Distrust(string detail) => new(ProblemCode.StatusVerificationError, detail, Remedy.Issuer);
}
