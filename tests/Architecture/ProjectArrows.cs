using System.Xml.Linq;

namespace Credentials.Architecture;

/// <summary>Which project may know which. A new arrow is a decision: change it here on purpose.</summary>
public sealed class ProjectArrows
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Credentials.JsonLd"] = [],
        ["Credentials"] = ["Credentials.JsonLd"],
        ["Credentials.Verification"] = ["Credentials"],
        ["Credentials.Ethereum"] = ["Credentials"],
        ["Credentials.Ethereum.Nethereum"] = ["Credentials.Ethereum"],
        ["Credentials.OpenId"] = ["Credentials"],
        ["Credentials.IssuerApi"] = ["Credentials", "Credentials.OpenId", "Credentials.Ethereum", "Credentials.Ethereum.Nethereum"],
        ["Credentials.VerifierWeb"] = ["Credentials.Verification", "Credentials.OpenId", "Credentials.Ethereum", "Credentials.Ethereum.Nethereum"],
        ["Credentials.WalletWeb"] = [],
        ["Credentials.Cli"] = ["Credentials.Verification", "Credentials.OpenId", "Credentials.Ethereum", "Credentials.Ethereum.Nethereum"],
    };

    private static readonly Dictionary<string, string[]> AllowedPackages = new(StringComparer.Ordinal)
    {
        ["Credentials.JsonLd"] = [],
        ["Credentials"] = ["System.IdentityModel.Tokens.Jwt", "System.Security.Cryptography.Pkcs"], // JOSE: the user's choice. RFC 3161: the platform's own, which has no reference assembly.
        ["Credentials.OpenId"] = [],
        ["Credentials.Verification"] = [],
        ["Credentials.Ethereum"] = [],
    };

    [Fact]
    public void A_project_of_src_references_only_what_it_may()
    {
        string[] projects = [.. Repository.Files("src", "*.csproj")];
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), projects.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        Assert.All(projects, project => Assert.All(References(project, "ProjectReference"), reference =>
            Assert.Contains(Path.GetFileNameWithoutExtension(reference), Allowed[Path.GetFileNameWithoutExtension(project)])));
    }

    [Fact]
    public void The_libraries_bring_no_packages_but_those_that_were_decided() => Assert.All(AllowedPackages, pair =>
        Assert.Equal(pair.Value, References(Path.Combine(Repository.Root, "src", pair.Key, pair.Key + ".csproj"), "PackageReference")));

    [Fact]
    public void Every_project_on_disk_is_in_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "Credentials.sln")).Replace('\\', '/');
        string[] projects = [.. Repository.Files("src", "*.csproj"), .. Repository.Files("tests", "*.csproj"), .. Repository.Files("samples", "*.csproj")];
        Assert.All(projects, project => Assert.Contains(Path.GetRelativePath(Repository.Root, project), solution, StringComparison.Ordinal));
    }

    [Fact]
    public void The_formats_know_no_clock_and_no_network() => Assert.All(Repository.Files("src/Credentials", "*.cs"), path =>
    {
        string text = File.ReadAllText(path);
        Assert.DoesNotContain("TimeProvider.System", text, StringComparison.Ordinal);
        Assert.DoesNotContain("HttpClient", text, StringComparison.Ordinal);
        Assert.DoesNotContain("System.Net.Sockets", text, StringComparison.Ordinal);
    });

    private static string[] References(string project, string kind) =>
        [.. XDocument.Load(project).Descendants(kind).Select(element => element.Attribute("Include")!.Value)];
}
