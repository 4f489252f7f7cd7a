using Credentials.OpenId.OAuth;

namespace Credentials.IssuerApi.Wallets.Offers;

/// <summary>What a registrar wants offered. Everything may be left out.</summary>
/// <param name="Grant"><c>pre-authorized_code</c> (default) or <c>authorization_code</c>.</param>
/// <param name="TxCode">Whether the learner must type a code that comes by another way; an authorization code always wants one.</param>
/// <param name="ExpiresIn">Seconds.</param>
/// <param name="Configurations">Some of the credential configurations; all of them when left out.</param>
/// <param name="KeepOthers">Whether earlier offers of the credential that nobody has redeemed stay open; else this one takes their place.</param>
internal sealed record OfferRequest(string? Grant = null, bool? TxCode = null, int? ExpiresIn = null, IReadOnlyList<string>? Configurations = null, bool? KeepOthers = null)
{
    public const string PreAuthorizedCode = "pre-authorized_code";

    public string GrantType => Grant ?? PreAuthorizedCode;

    public bool WantsLearnerCode => TxCode == true || GrantType == TokenRequest.AuthorizationCode;

    public IReadOnlyList<string> Ids => Configurations ?? [.. WalletConfiguration.All.Select(row => row.Id)];

    public IReadOnlyList<Problem> Validate(TimeSpan longest)
    {
        List<Problem> problems = [];
        if (GrantType is not (PreAuthorizedCode or TokenRequest.AuthorizationCode))
        {
            problems.Add(new(ProblemCode.MalformedValueError, $"The grant is {PreAuthorizedCode} or {TokenRequest.AuthorizationCode}.", "/grant"));
        }

        if (TxCode == false && GrantType == TokenRequest.AuthorizationCode)
        {
            problems.Add(new(ProblemCode.MalformedValueError, "By an authorization code the learner always shows who they are, by a collection code.", "/txCode"));
        }

        if (ExpiresIn is { } seconds && (seconds < 1 || seconds > longest.TotalSeconds))
        {
            problems.Add(new(ProblemCode.RangeError, $"An offer is good for 1 to {(long)longest.TotalSeconds} seconds.", "/expiresIn"));
        }

        if (Configurations is not null && (Configurations.Count == 0 || Configurations.Distinct(StringComparer.Ordinal).Count() != Configurations.Count || Configurations.Any(id => WalletConfiguration.Find(id) is null)))
        {
            problems.Add(new(ProblemCode.MalformedValueError, $"The configurations are some of {string.Join(", ", WalletConfiguration.All.Select(row => row.Id))}, each once.", "/configurations"));
        }

        return problems;
    }
}
