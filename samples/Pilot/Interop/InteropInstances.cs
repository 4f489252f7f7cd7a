namespace Credentials.Pilot.Interop;

/// <summary>One issuing instance and what the suites look for it by.</summary>
/// <param name="Name">Part of its endpoint.</param>
/// <param name="Form">How it secures, as the issuer's configuration names it.</param>
/// <param name="KeyType">Its key, as the issuer's configuration names it.</param>
/// <param name="Tags">The suites that it is for.</param>
internal sealed record InteropInstance(string Name, string Form, string KeyType, params IReadOnlyList<string> Tags)
{
    /// <summary>The curve, where a suite wants to know it.</summary>
    public string? EcdsaCurve { get; } = KeyType switch
    {
        "P256" => "P-256",
        "P384" => "P-384",
        _ => null,
    };

    public bool StatusList { get; init; }

    /// <summary>A form that is issued for the suites' sake only: new credentials shall not use it.</summary>
    public bool IsLegacy { get; init; }

    /// <summary>The versions of the data model that it takes.</summary>
    public IReadOnlyList<string> Versions { get; init; } = ["1.1", "2.0"];
}

/// <summary>The instances, one a suite and curve. To add one: a row.</summary>
internal static class InteropInstances
{
    public static IReadOnlyList<InteropInstance> All { get; } =
    [
        new("eddsa-rdfc-2022", "eddsa-rdfc-2022", "Ed25519", "eddsa-rdfc-2022", "vc2.0", "vc-api"), // https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022
        new("eddsa-jcs-2022", "eddsa-jcs-2022", "Ed25519", "eddsa-jcs-2022"), // https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022
        new("ecdsa-rdfc-2019-p256", "ecdsa-rdfc-2019", "P256", "ecdsa-rdfc-2019"), // https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-rdfc-2019
        new("ecdsa-rdfc-2019-p384", "ecdsa-rdfc-2019", "P384", "ecdsa-rdfc-2019"),
        new("ecdsa-jcs-2019-p256", "ecdsa-jcs-2019", "P256", "ecdsa-jcs-2019"), // https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-jcs-2019
        new("ecdsa-jcs-2019-p384", "ecdsa-jcs-2019", "P384", "ecdsa-jcs-2019"),
        new("ecdsa-sd-2023", "ecdsa-sd-2023", "P256", "ecdsa-sd-2023"), // https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023
        new("ed25519signature2020", "Ed25519Signature2020", "Ed25519", "Ed25519Signature2020") { IsLegacy = true }, // https://www.w3.org/TR/vc-di-eddsa/#ed25519signature2020-0
        new("bitstringstatuslist", "eddsa-rdfc-2022", "Ed25519", "BitstringStatusList") { StatusList = true, Versions = ["2.0"] }, // https://www.w3.org/TR/vc-bitstring-status-list/
        new("envelopingproof", "vc+jwt", "P256", "EnvelopingProof") { Versions = ["2.0"] }, // https://www.w3.org/TR/vc-jose-cose/#securing-with-jose
    ];

    /// <summary>The settings by which the issuer makes them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Settings => All.SelectMany((instance, index) => new KeyValuePair<string, string>[]
    {
        new($"Issuer:Instances:{index}:Name", instance.Name),
        new($"Issuer:Instances:{index}:Form", instance.Form),
        new($"Issuer:Instances:{index}:KeyType", instance.KeyType),
        new($"Issuer:Instances:{index}:StatusList", instance.StatusList ? "true" : "false"),
    });
}
