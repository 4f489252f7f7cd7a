namespace Credentials.Ethereum.Registry;

/// <summary>The selectors of the contract's functions.</summary>
internal static class RegistrySelector
{
    public static readonly byte[] CreateInstitution = Abi.Selector("createInstitution(uint256,address)");
    public static readonly byte[] AddOperator = Abi.Selector("addOperator(bytes32,address)");
    public static readonly byte[] RemoveOperator = Abi.Selector("removeOperator(bytes32,address)");
    public static readonly byte[] Anchor = Abi.Selector("anchor(bytes32,bytes32)");
    public static readonly byte[] Revoke = Abi.Selector("revoke(bytes32,bytes16)");
    public static readonly byte[] LookUp = Abi.Selector("lookup(bytes32,bytes32,bytes16)");
}
