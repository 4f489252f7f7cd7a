namespace Credentials.JsonLd;

/// <summary>How a document is processed.</summary>
public sealed record JsonLdOptions
{
    /// <summary>Base IRI; null: relative references stay, which safe mode refuses.</summary>
    public string? Base { get; init; }

    /// <summary>Whether anything that would be dropped is an error. On: a signature must cover all that is said.</summary>
    public bool Safe { get; init; } = true;
}
