namespace Credentials.Jose;

/// <summary>What a verifier expects of a key binding JWT.</summary>
/// <param name="Audience">Its own name, exactly.</param>
/// <param name="Nonce">The nonce that it gave out, exactly.</param>
/// <param name="Now">The time.</param>
public sealed record KeyBindingExpectation(string Audience, string Nonce, DateTimeOffset Now)
{
    /// <summary>How old the binding may be.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How far the holder's clock may be ahead.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(1);
}
