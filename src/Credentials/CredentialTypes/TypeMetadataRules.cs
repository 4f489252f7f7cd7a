using Credentials.DcSdJwt;

namespace Credentials.CredentialTypes;

/// <summary>Holds an SD-JWT VC against the metadata of its type, extensions applied.</summary>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-sd-jwt-vc-19.html#name-claim-metadata. Indices in a path count the elements that are shown: where some of an array were withheld, such paths are not judged.</remarks>
public static class TypeMetadataRules
{
    /// <summary>Null when the credential keeps to its type.</summary>
    /// <param name="type">The type, with what it extends.</param>
    /// <param name="credential">The credential.</param>
    /// <param name="isWhole">Whether all disclosures are there, as with its holder: only then is what is missing missing. "A Verifier MUST NOT treat absence of a selectively disclosable claim from a presentation as evidence that the Issuer failed to include a mandatory claim."</param>
    public static Problem? Check(TypeMetadata type, SdJwtVc credential, bool isWhole)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(credential);
        if (type.Vct != credential.CredentialType)
        {
            return Fault($"The credential is of the type {credential.CredentialType}, and this is the description of {type.Vct}.", "/vct");
        }

        HashSet<string> disclosed = new(credential.DisclosedPointers, StringComparer.Ordinal);
        foreach (ClaimMetadata claim in type.Claims)
        {
            Parsed<SelectedClaim[]> selected = claim.Path.Select(credential.ClaimSet);
            if (!selected.Ok)
            {
                return selected.Problem;
            }

            if (FaultOf(claim, selected.Value, disclosed, isWhole) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static Problem? FaultOf(ClaimMetadata claim, SelectedClaim[] selected, HashSet<string> disclosed, bool isWhole)
    {
        // A claim that must stand in the clear cannot have been withheld.
        bool mustBeSeen = isWhole || (claim.Disclosure == ClaimDisclosure.Never && claim.Path.Parts.Count == 1);
        if (claim.Mandatory == true && selected.Length == 0 && mustBeSeen)
        {
            return Fault($"The type wants the claim {claim.Path}, and it is not there.", "");
        }

        if (claim.Path.Parts.Any(part => part is int) && !isWhole)
        {
            return null;
        }

        foreach (SelectedClaim one in selected)
        {
            bool isDisclosed = disclosed.Contains(one.Pointer);
            if ((claim.Disclosure == ClaimDisclosure.Always && !isDisclosed) || (claim.Disclosure == ClaimDisclosure.Never && isDisclosed))
            {
                return Fault(isDisclosed ? "The type does not let this claim be withheld, and it can be." : "The type wants this claim to be withholdable, and it is not.", one.Pointer);
            }
        }

        return null;
    }

    private static Problem Fault(string detail, string pointer) => new(ProblemCode.MalformedValueError, detail, pointer);
}
