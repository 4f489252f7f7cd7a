using System.Text.Json;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Contexts;

/// <summary>Reads container mappings.</summary>
internal static class ContainerNames
{
    // Holds what no container is: never valid.
    private const Containers Unknown = (Containers)128;

    /// <summary>The containers that a keyword or an array of keywords names.</summary>
    public static Containers Parse(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return ParseOne(value);
        }

        Containers containers = Containers.None;
        foreach (JsonElement item in value.EnumerateArray())
        {
            Containers one = ParseOne(item);
            containers |= (containers & one) != Containers.None ? Unknown : one;
        }

        return containers;
    }

    /// <summary>Whether the combination is one of step 19.1: any one; @graph with @id or @index, and @set; @set with one other than @list.</summary>
    public static bool AreValid(Containers containers)
    {
        Containers others = containers & ~Containers.Set;
        return others switch
        {
            Containers.None => containers == Containers.Set,
            Containers.List => containers == Containers.List,
            Containers.Graph or Containers.Id or Containers.Index or Containers.Language or Containers.Type => true,
            Containers.Graph | Containers.Id or Containers.Graph | Containers.Index => true,
            _ => false,
        };
    }

    private static Containers ParseOne(JsonElement value) => value.ValueKind != JsonValueKind.String ? Unknown : Keywords.Parse(Json.Text(value)) switch
    {
        Keyword.Graph => Containers.Graph,
        Keyword.Id => Containers.Id,
        Keyword.Index => Containers.Index,
        Keyword.Language => Containers.Language,
        Keyword.List => Containers.List,
        Keyword.Set => Containers.Set,
        Keyword.Type => Containers.Type,
        _ => Unknown,
    };
}
