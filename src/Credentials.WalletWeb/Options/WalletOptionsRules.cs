using Microsoft.Extensions.Options;

namespace Credentials.WalletWeb.Options;

/// <summary>Refuses a configuration with a sentence for each fault, naming the environment variable to set.</summary>
internal sealed class WalletOptionsRules : IValidateOptions<WalletOptions>
{
    public ValidateOptionsResult Validate(string? name, WalletOptions options)
    {
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(WalletOptions options)
    {
        if (!IsOrigin(options.PublicBaseUrl))
        {
            yield return "Wallet__PublicBaseUrl must be the address where learners find this wallet, such as https://wallet.example.org: scheme and host only, https unless it is this very machine.";
        }

        if (options.VerifierUrl.Length > 0 && !IsOrigin(options.VerifierUrl))
        {
            yield return "Wallet__VerifierUrl must be the address of a verifier, such as https://verify.example.org: scheme and host only, https unless it is this very machine.";
        }
    }

    // Browsers hand out cameras, keys and passkeys to https and to loopback only.
    private static bool IsOrigin(string text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address is { PathAndQuery: "/", Fragment: "", UserInfo: "" };
}
