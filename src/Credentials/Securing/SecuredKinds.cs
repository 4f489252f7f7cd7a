namespace Credentials.Securing;

/// <summary>What a form secures.</summary>
[Flags]
public enum SecuredKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Credentials.</summary>
    Credential = 1,

    /// <summary>Presentations.</summary>
    Presentation = 2,
}
