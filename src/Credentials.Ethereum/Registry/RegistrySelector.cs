namespace Credentials.Ethereum.Registry;

/// <summary>The selectors of the contract's functions.</summary>
internal static class RegistrySelector
{
    public static readonly byte[] CreateInstitution = Abi.Selector("createInstitution(uint256,address)");
    public static readonly byte[] AddOperator = Abi.Selector("addOperator(bytes32,address)");
    public static readonly byte[] RemoveOperator = Abi.Selector("removeOperator(bytes32,address)");
    public static readonly byte[] Anchor = Abi.Selector("anchor(bytes32,bytes32)");
    public static readonly byte[] Revoke = Abi.Selector("revoke(bytes32,bytes16)");
    public static readonly byte[] ProposeController = Abi.Selector("proposeController(bytes32,address)");
    public static readonly byte[] AcceptController = Abi.Selector("acceptController(bytes32)");
    public static readonly byte[] DistrustRoot = Abi.Selector("distrustRoot(bytes32,bytes32)");
    public static readonly byte[] AddKey = Abi.Selector("addKey(bytes32,string,bytes,uint64)");
    public static readonly byte[] RevokeKey = Abi.Selector("revokeKey(bytes32,bytes32,uint8)");
    public static readonly byte[] SetIdentity = Abi.Selector("setIdentity(bytes32,bytes32)");
    public static readonly byte[] ProposeSuccessor = Abi.Selector("proposeSuccessor(bytes32,bytes32)");
    public static readonly byte[] AcceptSuccession = Abi.Selector("acceptSuccession(bytes32,bytes32)");
    public static readonly byte[] Accredit = Abi.Selector("accredit(bytes32,bytes32,bytes32,uint64,uint64,uint64,uint64)");
    public static readonly byte[] RevokeAccreditation = Abi.Selector("revokeAccreditation(bytes32,bytes32,bytes32,uint64)");
    public static readonly byte[] LookUp = Abi.Selector("lookup((bytes32,bytes32,bytes16,bytes32,bytes32,(bytes32,bytes32,bytes32,uint64)[]))");
}
