using System.Text.Json;
using Credentials.OpenId.Messages;

namespace Credentials.OpenId.Issuance.Metadata;

/// <summary>How a claim is named to people.</summary>
/// <param name="Path">Claims path pointer: texts name members, numbers items, null all items.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#claims-description-issuer-metadata</remarks>
public sealed record ClaimDescription(IReadOnlyList<object?> Path)
{
    /// <summary>Whether the issuer always includes it.</summary>
    public bool Mandatory { get; init; }

    /// <summary>Its name in several languages.</summary>
    public IReadOnlyList<DisplayProperties> Display { get; init; } = [];

    internal static Parsed<ClaimDescription> Read(JsonElement json, string at)
    {
        ObjectReader reader = new(json, IssuanceError.InvalidMetadata, at);
        List<object?> path = [];
        if (!reader.Has("path", out JsonElement steps) || steps.ValueKind != JsonValueKind.Array || steps.GetArrayLength() == 0)
        {
            reader.Fault("it is no array, or an empty one", "path");
            return reader.Problem!;
        }

        foreach (JsonElement step in steps.EnumerateArray())
        {
            int index = -1;
            if (step.ValueKind is not (JsonValueKind.String or JsonValueKind.Null) && !(step.ValueKind == JsonValueKind.Number && step.TryGetInt32(out index) && index >= 0))
            {
                reader.Fault("its steps are texts, null, and whole numbers from 0 upwards", "path");
            }

            path.Add(step.ValueKind switch { JsonValueKind.String => step.GetString(), JsonValueKind.Null => null, _ => index });
        }

        bool mandatory = reader.Boolean("mandatory");
        IReadOnlyList<DisplayProperties> display = reader.Objects("display", DisplayProperties.Read);
        return reader.Or(() => new ClaimDescription(path) { Mandatory = mandatory, Display = display });
    }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("path");
        foreach (object? step in Path)
        {
            switch (step)
            {
                case string name:
                    writer.WriteStringValue(name);
                    break;
                case int index:
                    writer.WriteNumberValue(index);
                    break;
                default:
                    writer.WriteNullValue();
                    break;
            }
        }

        writer.WriteEndArray();
        if (Mandatory)
        {
            writer.WriteBoolean("mandatory", value: true);
        }

        writer.Objects("display", Display, one => one.Write(writer));
    }
}
