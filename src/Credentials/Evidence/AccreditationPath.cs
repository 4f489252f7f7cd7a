using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Encoding;

namespace Credentials.Evidence;

/// <summary>Who, as the supplier of this claims, vouches for an institution: links and identity documents, to be held against the registry. Nobody signs it, and it proves nothing by itself.</summary>
/// <param name="Registry">The registry that all links are in.</param>
/// <param name="Institution">The institution at the end.</param>
/// <param name="Links">From the institution up to the root authority: each link's accreditor is the next one's institution. Empty where only the identity is told.</param>
/// <param name="Identities">The identity documents of the institution and of the accreditors on the way, in any order.</param>
/// <remarks>JSON: <c>{"type":"AccreditationPath","version":1,"registry":"eip155:…","institution":"0x…","links":[{"accreditor","institution","identity","serial"}],"identities":[…]}</c>.
/// A DID document names it by a service of type <see cref="ServiceType"/>; bundles and trust files carry it.</remarks>
public sealed record AccreditationPath(RegistryAddress Registry, InstitutionId Institution, IReadOnlyList<AccreditationLink> Links, IReadOnlyList<InstitutionIdentity> Identities)
{
    /// <summary>The type of the service in a DID document whose endpoint is a URL of this; the value of <c>type</c> too.</summary>
    public const string ServiceType = "AccreditationPath";

    /// <summary>The largest text of one, in bytes.</summary>
    public const int MaxLength = 128 * 1024;

    /// <summary>The identity that the path is about: that of its first link, or the only one that it tells; null when it tells none.</summary>
    public IdentityHash? Identity => Links.Count > 0 ? Links[0].Identity : Identities.Count > 0 ? Identities[0].Hash : null;

    /// <summary>The identity document of a hash, or null when it was not supplied.</summary>
    public InstitutionIdentity? IdentityOf(IdentityHash hash) => Identities.FirstOrDefault(identity => identity.Hash == hash);

    /// <summary>Reads a text.</summary>
    public static Parsed<AccreditationPath> Parse(ReadOnlyMemory<byte> utf8) => StrictJson.Read(utf8, MaxLength, Read);

    /// <summary>Reads it; refuses a path that does not connect, or that is too long. Pointers are relative to it.</summary>
    /// <param name="json">Of a text that was read strictly (<see cref="StrictJson"/>).</param>
    public static Parsed<AccreditationPath> Read(JsonElement json)
    {
        var reader = new AnchorJsonReader(json, code: ProblemCode.MalformedValueError);
        reader.Type(ServiceType);
        reader.Version();
        reader.AllowOnly("type", "version", "registry", "institution", "links", "identities");
        RegistryAddress? registry = reader.Registry();
        var institution = new InstitutionId(reader.Hash("institution"));
        AccreditationLink[] links = ReadLinks(reader);
        InstitutionIdentity[] identities = ReadIdentities(reader);
        InstitutionId below = institution;
        for (int i = 0; i < links.Length; i++)
        {
            if (links[i].Institution != below)
            {
                reader.Fault(i == 0 ? "The first link is of another institution than the path." : "The link does not begin where the one before it ends.", "links", i);
            }

            below = links[i].Accreditor;
        }

        return reader.Problem is { } problem ? problem : new AccreditationPath(registry!, institution, links, identities);
    }

    /// <summary>Writes it.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("type", ServiceType);
        writer.WriteNumber("version", 1);
        writer.WriteString("registry", Registry.ToString());
        writer.WriteString("institution", Institution.ToString());
        writer.WriteStartArray("links");
        foreach (AccreditationLink link in Links)
        {
            writer.WriteStartObject();
            writer.WriteString("accreditor", link.Accreditor.ToString());
            writer.WriteString("institution", link.Institution.ToString());
            writer.WriteString("identity", link.Identity.ToString());
            writer.WriteNumber("serial", link.Serial);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("identities");
        foreach (InstitutionIdentity identity in Identities)
        {
            identity.Json.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static AccreditationLink[] ReadLinks(AnchorJsonReader reader)
    {
        JsonElement[] items = reader.Array("links", AccreditationLink.MaxPath);
        var links = new AccreditationLink[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            var link = new AnchorJsonReader(items[i], $"/links/{i}", ProblemCode.MalformedValueError);
            link.AllowOnly("accreditor", "institution", "identity", "serial");
            links[i] = new(new(link.Hash("accreditor")), new(link.Hash("institution")), new(link.Hash("identity")), link.Unsigned("serial"));
            reader.Adopt(link);
        }

        return links;
    }

    private static InstitutionIdentity[] ReadIdentities(AnchorJsonReader reader)
    {
        JsonElement[] items = reader.Array("identities", AccreditationLink.MaxPath + 1);
        var identities = new List<InstitutionIdentity>(items.Length);
        for (int i = 0; i < items.Length; i++)
        {
            Parsed<InstitutionIdentity> identity = InstitutionIdentity.Read(items[i]);
            if (identity.Ok)
            {
                identities.Add(identity.Value);
            }
            else
            {
                reader.Adopt(identity.Problem with { Pointer = $"/identities/{i}{identity.Problem.Pointer}" });
            }
        }

        return [.. identities];
    }
}
