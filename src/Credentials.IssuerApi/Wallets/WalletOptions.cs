using System.ComponentModel.DataAnnotations;
using Credentials.IssuerApi.Configuration;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Wallets;

/// <summary>Section <c>Issuer:Wallets</c>: how learners' wallets are served.</summary>
internal sealed class WalletOptions : IValidatableObject
{
    public const string Section = "Issuer:Wallets";

    public TimeSpan OfferLifetime { get; set; } = TimeSpan.FromDays(1);

    public TimeSpan LongestOfferLifetime { get; set; } = TimeSpan.FromDays(30);

    public TimeSpan RequestLifetime { get; set; } = TimeSpan.FromMinutes(10);

    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(1);

    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromMinutes(10);

    public TimeSpan NonceLifetime { get; set; } = TimeSpan.FromMinutes(5);

    [Within(1, 20, ErrorMessage = "Issuer:Wallets:CodeAttempts")]
    public int CodeAttempts { get; set; } = 5;

    [Within(1, 100, ErrorMessage = "Issuer:Wallets:BatchSize")]
    public int BatchSize { get; set; } = 10;

    [Within(1, 1000, ErrorMessage = "Issuer:Wallets:CopiesPerOffer")]
    public int CopiesPerOffer { get; set; } = 10;

    public bool RequireDpop { get; set; }

    public bool RequireDpopNonce { get; set; }

    public bool DeferUntilFinal { get; set; }

    [Within(1, 86_400, ErrorMessage = "Issuer:Wallets:DeferredInterval")]
    public int DeferredInterval { get; set; } = 5;

    public TimeSpan DeferredLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The wallets whose redirect addresses are known, besides ours.</summary>
    public IList<WalletClient> Clients { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach ((string name, TimeSpan value) in (ReadOnlySpan<(string, TimeSpan)>)
            [(nameof(OfferLifetime), OfferLifetime), (nameof(LongestOfferLifetime), LongestOfferLifetime), (nameof(RequestLifetime), RequestLifetime), (nameof(CodeLifetime), CodeLifetime), (nameof(TokenLifetime), TokenLifetime), (nameof(NonceLifetime), NonceLifetime), (nameof(DeferredLifetime), DeferredLifetime)])
        {
            if (value < TimeSpan.FromSeconds(1) || value > TimeSpan.FromDays(366))
            {
                return [new($"{Section}:{name} must be between a second and a year, such as 00:10:00.")];
            }
        }

        return Clients.Any(client => !client.IsSound)
            ? [new($"{Section}:Clients:N needs an Id and at least one RedirectUris:M, each an absolute URI without a fragment.")]
            : [];
    }
}

[OptionsValidator]
internal sealed partial class WalletOptionsValidator : IValidateOptions<WalletOptions>;

/// <summary>A wallet that may be sent authorization codes.</summary>
internal sealed class WalletClient
{
    /// <summary>Its <c>client_id</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary>What learners call it; its id when it has none.</summary>
    public string? Name { get; set; }

    /// <summary>Where codes go: one of these, letter by letter.</summary>
    public IList<string> RedirectUris { get; } = [];

    /// <summary>Whether any port of this machine will do (RFC 8252 section 7.3): a program that cannot know its port before.</summary>
    public bool AnyLoopbackPort { get; init; }

    public bool IsSound => Id.Length > 0 && RedirectUris.Count > 0 && RedirectUris.All(uri => Uri.TryCreate(uri, UriKind.Absolute, out Uri? url) && url.Fragment.Length == 0);
}
