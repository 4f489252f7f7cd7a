using System.Diagnostics.CodeAnalysis;

namespace Credentials;

/// <summary>Either a value or the one problem that stood in its way: hostile input is an answer here, never an exception.</summary>
public readonly struct Parsed<T>
    where T : class
{
    private Parsed(T? value, Problem? problem) => (Value, Problem) = (value, problem);

    /// <summary>The value, when there was no problem.</summary>
    public T? Value { get; }

    /// <summary>The problem, when there is no value.</summary>
    public Problem? Problem { get; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Ok => Value is not null;

    /// <summary>The value; throws where there is none. For callers that made the input themselves.</summary>
    /// <exception cref="FormatException">There is a problem.</exception>
    public T Require() => Value ?? throw new FormatException(Problem is { } p ? $"{p.Code}: {p.Detail} ({p.Pointer})" : "No value.");

    /// <summary>A value.</summary>
    public static implicit operator Parsed<T>(T value) => new(value, null);

    /// <summary>A problem.</summary>
    public static implicit operator Parsed<T>(Problem problem) => new(null, problem);
}
