using System.Text.Json;
using Credentials.OpenId.Issuance.Metadata;
using Credentials.OpenId.Presentation.Dcql;
using Credentials.OpenId.Wallet.Presenting;

namespace Credentials.OpenId.Wallet.Issuing;

/// <summary>Whether issued credentials are what was asked for: of the configuration's type, and each bound to one of the wallet's keys. One that is bound to none of them is somebody else's.</summary>
internal static class KeyMatch
{
    /// <summary>Finds the key of each; "each key provided by the Wallet is used to bind to, at most, one Credential".</summary>
    public static Parsed<IReadOnlyList<IssuedCredential>> Of(CredentialConfiguration configuration, IReadOnlyList<ReadOnlyMemory<byte>> credentials, IReadOnlyList<HolderKey> keys)
    {
        List<HolderKey> free = [.. keys];
        List<IssuedCredential> issued = [];
        foreach (ReadOnlyMemory<byte> bytes in credentials)
        {
            string text = System.Text.Encoding.UTF8.GetString(bytes.Span);
            Parsed<DcqlCredential> read = View(configuration, text, keys[0]);
            if (!read.Ok)
            {
                return Wrong($"The issuer gave what cannot be read as {configuration.Format}: {read.Problem.Detail}");
            }

            if (Differs(configuration, read.Value) is { } difference)
            {
                return difference;
            }

            if (free.Find(one => View(configuration, text, one) is { Ok: true, Value.IsHolderBound: true }) is not { } key)
            {
                return Wrong("The issuer gave a credential that is bound to none of the wallet's keys.");
            }

            free.Remove(key);
            issued.Add(new(configuration.Format, text, key) { IssuerName = IssuerOf(text, read.Value.Json) });
        }

        return issued.Count > 0 ? issued : Wrong("The issuer gave no credential.");
    }

    private static Parsed<DcqlCredential> View(CredentialConfiguration configuration, string text, HolderKey key) => HeldCredentialView.Of(new("", configuration.Format, text, key));

    // The learner chose by what the configuration says: vct of an SD-JWT VC, the types of a W3C credential. More types than were named are no harm.
    private static Problem? Differs(CredentialConfiguration configuration, DcqlCredential credential) =>
        configuration.Format == CredentialFormat.SdJwtVc
            ? configuration.CredentialType is { } vct && !credential.Types.Contains(vct) ? Wrong($"The issuer offered {vct} and gave {string.Join(", ", credential.Types)}.") : null
            : configuration.Types.Except(Texts(credential.Json, "type")).FirstOrDefault() is { } missing ? Wrong($"The issuer offered a {missing} and gave a credential of other types.") : null;

    // A W3C credential in a JWT of VCDM 1.1 may have its issuer in the claim iss alone.
    private static string? IssuerOf(string text, JsonElement json) =>
        Texts(json, "iss").Concat(Texts(json, "issuer")).FirstOrDefault()
        ?? (json.TryGetProperty("issuer", out JsonElement issuer) && issuer.ValueKind == JsonValueKind.Object ? Texts(issuer, "id").FirstOrDefault() : null)
        ?? (Jose.Jwt.Read(text) is { Ok: true, Value: { } jwt } ? Texts(jwt.Payload, "iss").FirstOrDefault() : null);

    private static IEnumerable<string> Texts(JsonElement json, string name) => !json.TryGetProperty(name, out JsonElement value) ? []
        : (value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value }).Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!);

    private static Problem Wrong(string detail) => new(WalletProblem.WrongCredential, detail);
}
