using Credentials.Encoding;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Institutions;

namespace Credentials.IssuerApi.Keys;

/// <summary>The calls of the registry that concern one key.</summary>
internal static class KeyCalls
{
    /// <summary>Adds the key under its verification method, from its block on.</summary>
    public static byte[] Add(Institution institution, string keyId) =>
        CredentialRegistryContract.AddKey(institution.ChainInstitution, MethodOf(institution, keyId), Multibase.DecodeBase58Btc(keyId), validFrom: null);

    /// <summary>Gives the key up as of its block.</summary>
    public static byte[] Revoke(Institution institution, string keyId, string reason) =>
        CredentialRegistryContract.RevokeKey(institution.ChainInstitution, CredentialRegistryContract.KeyIdOf(MethodOf(institution, keyId)), RetirementReason.OnChain(reason));

    private static string MethodOf(Institution institution, string keyId) => $"{institution.Did}#{keyId}";
}
