using Credentials.DataIntegrity;
using Credentials.Keys;
using Credentials.Securing;
using Credentials.Tests.DataIntegrity;

namespace Credentials.Tests;

/// <summary>What is known here, one line each. The law-books (classes named Laws) run over every line; nothing else is needed for a new one to be tested.</summary>
public static class Registry
{
    /// <summary>Every type of key.</summary>
    public static TheoryData<KeyType> KeyTypes => [
        KeyType.P256,
        KeyType.P384,
        KeyType.Ed25519,
    ];

    /// <summary>Every cryptosuite with every type of key that it signs with.</summary>
    public static TheoryData<string, KeyType> Cryptosuites => new()
    {
        { "ecdsa-jcs-2019", KeyType.P256 },
        { "ecdsa-jcs-2019", KeyType.P384 },
        { "eddsa-jcs-2022", KeyType.Ed25519 },
        { "ecdsa-rdfc-2019", KeyType.P256 },
        { "ecdsa-rdfc-2019", KeyType.P384 },
        { "eddsa-rdfc-2022", KeyType.Ed25519 },
        { "ecdsa-sd-2023", KeyType.P256 },
        { "Ed25519Signature2020", KeyType.Ed25519 },
    };

    /// <summary>Every envelope with every type of key that signs it.</summary>
    public static TheoryData<string, KeyType> Envelopes => new()
    {
        { "vc+jwt", KeyType.P256 },
        { "vc+jwt", KeyType.P384 },
        { "vc+jwt", KeyType.Ed25519 },
        { "vp+jwt", KeyType.P256 },
        { "vp+jwt", KeyType.P384 },
        { "vp+jwt", KeyType.Ed25519 },
        { "vc+sd-jwt", KeyType.P256 },
        { "vc+sd-jwt", KeyType.P384 },
        { "vc+sd-jwt", KeyType.Ed25519 },
        { "vp+sd-jwt", KeyType.P256 },
        { "vp+sd-jwt", KeyType.P384 },
        { "vp+sd-jwt", KeyType.Ed25519 },
        { "vc+cose", KeyType.P256 },
        { "vc+cose", KeyType.P384 },
        { "vc+cose", KeyType.Ed25519 },
        { "vp+cose", KeyType.P256 },
        { "vp+cose", KeyType.P384 },
        { "vp+cose", KeyType.Ed25519 },
    };

    /// <summary>The vectors of the cryptosuites.</summary>
    public static IReadOnlyList<SuiteVector> SuiteVectors { get; } = [
        new("vc-di-ecdsa", "ecdsa-jcs-2019-p256", "JCSECDSAP256", "p256KeyPair.json", "secretKeyMultibase"),
        new("vc-di-ecdsa", "ecdsa-jcs-2019-p384", "JCSECDSAP384", "p384KeyPair.json", "secretKeyMultibase"),
        new("vc-di-eddsa", "eddsa-jcs-2022", "JCS", "keyPair.json", "privateKeyMultibase"),
        new("vc-di-ecdsa", "ecdsa-rdfc-2019-p256", "ECDSAP256", "p256KeyPair.json", "secretKeyMultibase"),
        new("vc-di-ecdsa", "ecdsa-rdfc-2019-p256/employ", "ECDSAP256", "p256KeyPair.json", "secretKeyMultibase", "employmentAuth.json"),
        new("vc-di-ecdsa", "ecdsa-rdfc-2019-p384", "ECDSAP384", "p384KeyPair.json", "secretKeyMultibase"),
        new("vc-di-ecdsa", "ecdsa-rdfc-2019-p384/employ", "ECDSAP384", "p384KeyPair.json", "secretKeyMultibase", "employmentAuth.json"),
        new("vc-di-eddsa", "eddsa-rdfc-2022", "DataInt", "keyPair.json", "privateKeyMultibase"),
        new("vc-di-eddsa", "eddsa-rdfc-2022/employ", "DataInt", "keyPair.json", "privateKeyMultibase", "employmentAuth.json"),
        new("vc-di-eddsa", "Ed25519Signature2020", "EdSig", "keyPair.json", "privateKeyMultibase"),
    ];

    /// <summary>The credentials of ecdsa-sd-2023.</summary>
    public static IReadOnlyList<SdVector> SdVectors { get; } = [
        new("employ", "employmentAuth.json", "employMandatory.json", "employSelective.json"),
        new("prc", "prCredUnsigned.json", "prCredMandatory.json", "prCredSelective.json"),
    ];

    /// <summary>The names of <see cref="SuiteVectors"/>.</summary>
    public static TheoryData<string> SuiteVectorFolders => [.. SuiteVectors.Select(vector => vector.Folder)];
}

/// <summary>The registry of the tests against the tables of the library: neither knows what the other does not.</summary>
public class RegistryTests
{
    [Fact]
    public void Lists_every_cryptosuite_of_the_library_with_every_type_of_its_keys() => Assert.Equal(
        Cryptosuite.All.SelectMany(suite => suite.KeyTypes.Select(type => $"{suite.Name} {type}")).Order(StringComparer.Ordinal),
        Registry.Cryptosuites.Select(row => $"{row[0]} {row[1]}").Order(StringComparer.Ordinal));

    [Fact]
    public void Lists_every_securing_form_of_the_library_with_every_type_of_its_keys() => Assert.Equal(
        SecuringForm.All.SelectMany(form => form.KeyTypes.Select(type => $"{form.Name} {type}")).Order(StringComparer.Ordinal),
        Registry.Cryptosuites.Concat(Registry.Envelopes).Select(row => $"{row[0]} {row[1]}").Order(StringComparer.Ordinal));

    [Fact]
    public void Lists_every_type_of_key_of_the_library() => Assert.Equal(
        Enum.GetValues<KeyType>().Order(),
        Registry.KeyTypes.Cast<object[]>().Select(row => (KeyType)row[0]).Order());
}
