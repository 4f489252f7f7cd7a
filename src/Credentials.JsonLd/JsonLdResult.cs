using System.Diagnostics.CodeAnalysis;

namespace Credentials.JsonLd;

/// <summary>What a JSON-LD operation came to: a value, or the error that stopped it. Hostile input never throws.</summary>
/// <typeparam name="T">The value.</typeparam>
public readonly struct JsonLdResult<T>
    where T : class
{
    private JsonLdResult(T? value, JsonLdError? error) => (Value, Error) = (value, error);

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Ok => Error is null && Value is not null;

    /// <summary>The value.</summary>
    public T? Value { get; }

    /// <summary>The error.</summary>
    public JsonLdError? Error { get; }

    /// <summary>A value.</summary>
    public static implicit operator JsonLdResult<T>(T value) => new(value, null);

    /// <summary>An error.</summary>
    public static implicit operator JsonLdResult<T>(JsonLdError error) => new(null, error);
}
