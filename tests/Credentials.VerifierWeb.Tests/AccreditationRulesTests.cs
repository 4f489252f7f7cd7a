using Credentials.VerifierWeb.Options;

namespace Credentials.VerifierWeb.Tests;

/// <summary>What the page's settings may say of accreditors.</summary>
public sealed class AccreditationRulesTests
{
    private const string Registry = "eip155:1:0x5fbdb2315678afecb367f032d93f642f64180aa3";

    private static readonly string Institution = "0x" + new string('a', 64);

    [Fact]
    public void Takes_accreditors_institutions_and_a_policy()
    {
        Assert.Empty(AccreditationRules.Faults(new()));
        Assert.Empty(AccreditationRules.Faults(new()
        {
            Accreditors = [new() { Registry = Registry, Institution = Institution, Name = "Ministry" }],
            Institutions = [new() { Registry = Registry, Institution = Institution, Did = "did:web:university.example" }],
            Policy = "require-accreditation",
        }));
    }

    [Theory]
    [InlineData("eip155:1", "", "Ministry", "default", "Verifier__Accreditors__0__Registry")]
    [InlineData(Registry, "0x12", "Ministry", "default", "Verifier__Accreditors__0__Institution")]
    [InlineData(Registry, "", " ", "default", "Verifier__Accreditors__0__Name")]
    [InlineData(Registry, "", "Ministry", "lenient", "Verifier__Policy")]
    public void Refuses_what_it_cannot_follow_and_names_what_to_set(string registry, string institution, string name, string policy, string said)
    {
        VerifierOptions options = new()
        {
            Accreditors = [new() { Registry = registry, Institution = institution.Length > 0 ? institution : Institution, Name = name }],
            Policy = policy,
        };

        Assert.Contains(said, Assert.Single(AccreditationRules.Faults(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_institution_without_a_DID_and_a_path_that_is_not_there()
    {
        VerifierOptions options = new()
        {
            Institutions = [new() { Registry = Registry, Institution = Institution, Did = "university.example" }],
            AccreditationPaths = ["/nowhere/path.json"],
        };

        Assert.Equal(["Verifier__Institutions__0__Did", "Verifier__AccreditationPaths"], AccreditationRules.Faults(options).Select(fault => fault.Split(' ')[0]));
    }
}
