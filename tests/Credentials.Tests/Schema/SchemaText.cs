using System.Text.Json;
using Credentials.Schema;
using Credentials.TestKit;

namespace Credentials.Tests.Schema;

/// <summary>Schemas and instances, as JSON text.</summary>
internal static class SchemaText
{
    private const string Dialect = "\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"";

    /// <summary>A schema with these members and its dialect.</summary>
    public static Parsed<JsonSchema> Read(string members, Uri? from = null) =>
        JsonSchema.Read(Json(members.Length == 0 ? $"{{{Dialect}}}" : $"{{{Dialect},{members}}}"), from);

    public static SchemaVerdict Validate(string members, string instance) => Read(members).Require().Validate(Json(instance));

    public static JsonElement Json(string text) => JsonDocument.Parse(Utf8.Bytes(text)).RootElement;
}
