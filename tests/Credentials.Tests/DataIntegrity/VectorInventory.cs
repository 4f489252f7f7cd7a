using Credentials.TestKit;

namespace Credentials.Tests.DataIntegrity;

/// <summary>That no file of vc-di-ecdsa and vc-di-eddsa lies there unread.</summary>
public class VectorInventory
{
    [VectorFact]
    public void Every_file_of_the_suites_vectors_is_asserted()
    {
        string[] asserted = [.. Registry.SuiteVectors.SelectMany(vector => vector.Files.Append($"{vector.Specification}/{vector.UnsecuredFile}").Append($"{vector.Specification}/{vector.KeyFile}"))
            .Concat(Registry.SdVectors.SelectMany(vector => EcdsaSd2023VectorTests.Checks.Keys.Select(vector.PathOf).Concat(vector.SharedFiles)))
            .Concat(ProofChainVectorTests.Files)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] present = [.. new[] { "vc-di-ecdsa", "vc-di-eddsa" }.SelectMany(folder => Directory.EnumerateFiles(Vectors.Path(folder), "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Vectors.Folder!, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

        Assert.Equal(present, asserted);
        Assert.Equal(159, present.Length);
    }
}
