using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Instances;

/// <summary>The instances of the configuration, in its order.</summary>
internal sealed class IssuingInstances : IDisposable
{
    public IssuingInstances(IOptions<InstancesOptions> options, TimeProvider clock)
    {
        var publicBase = new Uri(options.Value.PublicBaseUrl.TrimEnd('/') + "/");
        All = [.. options.Value.Instances.Select(instance => new IssuingInstance(instance, publicBase, clock))];
    }

    public IReadOnlyList<IssuingInstance> All { get; }

    public bool TryFind(string name, [NotNullWhen(true)] out IssuingInstance? instance)
    {
        instance = All.FirstOrDefault(each => each.Name == name);
        return instance is not null;
    }

    public void Dispose()
    {
        foreach (IssuingInstance instance in All)
        {
            instance.Dispose();
        }
    }
}
