using Credentials.OpenId.Wallet.Presenting;

namespace Credentials.OpenId.Wallet.Issuing;

/// <summary>To which of the wallet's keys each issued credential is bound. One that is bound to none of them is somebody else's.</summary>
internal static class KeyMatch
{
    /// <summary>Finds the key of each; "each key provided by the Wallet is used to bind to, at most, one Credential".</summary>
    public static Parsed<IReadOnlyList<IssuedCredential>> Of(string format, IReadOnlyList<ReadOnlyMemory<byte>> credentials, IReadOnlyList<HolderKey> keys)
    {
        List<HolderKey> free = [.. keys];
        List<IssuedCredential> issued = [];
        foreach (ReadOnlyMemory<byte> bytes in credentials)
        {
            string text = System.Text.Encoding.UTF8.GetString(bytes.Span);
            HolderKey? key = free.Find(one => HeldCredentialView.Of(new("", format, text, one)) is { Ok: true, Value.IsHolderBound: true });
            if (key is null)
            {
                return HeldCredentialView.Of(new("", format, text, keys[0])) is { Problem: { } unreadable }
                    ? new Problem(WalletProblem.WrongCredential, $"The issuer gave what cannot be read as {format}: {unreadable.Detail}")
                    : new Problem(WalletProblem.WrongCredential, "The issuer gave a credential that is bound to none of the wallet's keys.");
            }

            free.Remove(key);
            issued.Add(new(format, text, key));
        }

        return issued.Count > 0 ? issued : new Problem(WalletProblem.WrongCredential, "The issuer gave no credential.");
    }
}
