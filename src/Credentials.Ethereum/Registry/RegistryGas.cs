namespace Credentials.Ethereum.Registry;

/// <summary>Gas limits that are enough for each call of the registry on Ethereum, with room to spare. What is not used is not paid.</summary>
/// <remarks>Measured figures: <c>contracts/snapshots</c>.</remarks>
public static class RegistryGas
{
    /// <summary>Creating the contract.</summary>
    public const ulong Deploy = 4_500_000;

    /// <summary><c>createInstitution</c> with an operator.</summary>
    public const ulong CreateInstitution = 110_000;

    /// <summary><c>addOperator</c> and <c>removeOperator</c>.</summary>
    public const ulong ChangeOperator = 80_000;

    /// <summary><c>anchor</c>, however large the batch.</summary>
    public const ulong Anchor = 80_000;

    /// <summary><c>revoke</c>.</summary>
    public const ulong Revoke = 80_000;

    /// <summary><c>distrustRoot</c>.</summary>
    public const ulong DistrustRoot = 60_000;

    /// <summary><c>addKey</c>: of 128 bytes at most, under a verification method of some hundred characters.</summary>
    public const ulong AddKey = 300_000;

    /// <summary><c>revokeKey</c>.</summary>
    public const ulong RevokeKey = 60_000;

    /// <summary><c>setIdentity</c>, the first or another.</summary>
    public const ulong SetIdentity = 110_000;

    /// <summary><c>proposeSuccessor</c>.</summary>
    public const ulong ProposeSuccessor = 90_000;

    /// <summary><c>acceptSuccession</c>.</summary>
    public const ulong AcceptSuccession = 110_000;

    /// <summary><c>accredit</c>.</summary>
    public const ulong Accredit = 90_000;

    /// <summary><c>revokeAccreditation</c>.</summary>
    public const ulong RevokeAccreditation = 60_000;

    /// <summary><c>proposeController</c>.</summary>
    public const ulong ProposeController = 80_000;

    /// <summary><c>acceptController</c>.</summary>
    public const ulong AcceptController = 60_000;
}
