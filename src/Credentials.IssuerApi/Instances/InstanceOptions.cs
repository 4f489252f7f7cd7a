namespace Credentials.IssuerApi.Instances;

/// <summary>Section <c>Issuer:Instances:N</c>: one named issuing instance.</summary>
internal sealed class InstanceOptions
{
    /// <summary>Part of its endpoint: lower-case letters, digits and hyphens.</summary>
    public string Name { get; set; } = "";

    /// <summary>The form in which it secures: a cryptosuite, or <c>vc+jwt</c> and the like.</summary>
    public string Form { get; set; } = "";

    /// <summary>The kind of its key, made anew at each start: P256, P384 or Ed25519.</summary>
    public string KeyType { get; set; } = "";

    /// <summary>Whether it gives each credential an entry in a status list of its own.</summary>
    public bool StatusList { get; set; }
}

/// <summary>What of the section <c>Issuer</c> the instances need.</summary>
internal sealed class InstancesOptions
{
    /// <summary>The URL at which the world reaches this process; part of every status list's URL.</summary>
    public string PublicBaseUrl { get; set; } = "http://localhost:7101";

    public IList<InstanceOptions> Instances { get; init; } = [];
}
