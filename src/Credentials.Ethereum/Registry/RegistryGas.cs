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
}
