using System.Text.Json;

namespace Credentials.OpenId.Presentation.Dcql;

/// <summary>Writes queries; what has its default is left out.</summary>
internal static class DcqlWriter
{
    public static void Write(Utf8JsonWriter writer, DcqlQuery query)
    {
        writer.WriteStartObject();
        Array(writer, "credentials", query.Credentials, WriteCredential);
        Array(writer, "credential_sets", query.CredentialSets, WriteSet);
        writer.WriteEndObject();
    }

    private static void WriteCredential(Utf8JsonWriter writer, CredentialQuery query)
    {
        writer.WriteStartObject();
        writer.WriteString("id", query.Id);
        writer.WriteString("format", query.Format);
        if (query.Multiple)
        {
            writer.WriteBoolean("multiple", true);
        }

        writer.WriteStartObject("meta");
        Array(writer, "vct_values", query.VctValues, static (w, value) => w.WriteStringValue(value));
        Array(writer, "type_values", query.TypeValues, Texts);
        if (query.DoctypeValue is { } doctype)
        {
            writer.WriteString("doctype_value", doctype);
        }

        writer.WriteEndObject();
        Array(writer, "trusted_authorities", query.TrustedAuthorities, WriteAuthority);
        if (!query.RequiresHolderBinding)
        {
            writer.WriteBoolean("require_cryptographic_holder_binding", false);
        }

        Array(writer, "claims", query.Claims, WriteClaim);
        Array(writer, "claim_sets", query.ClaimSets, Texts);
        writer.WriteEndObject();
    }

    private static void WriteAuthority(Utf8JsonWriter writer, TrustedAuthoritiesQuery query)
    {
        writer.WriteStartObject();
        writer.WriteString("type", query.Type);
        writer.WritePropertyName("values");
        Texts(writer, query.Values);
        writer.WriteEndObject();
    }

    private static void WriteClaim(Utf8JsonWriter writer, ClaimsQuery claim)
    {
        writer.WriteStartObject();
        if (claim.Id is { } id)
        {
            writer.WriteString("id", id);
        }

        writer.WritePropertyName("path");
        claim.Path.Write(writer);
        Array(writer, "values", claim.Values, static (w, value) => value.WriteTo(w));
        if (claim.IntentToRetain is { } retain)
        {
            writer.WriteBoolean("intent_to_retain", retain);
        }

        writer.WriteEndObject();
    }

    private static void WriteSet(Utf8JsonWriter writer, CredentialSetQuery set)
    {
        writer.WriteStartObject();
        Array(writer, "options", set.Options, Texts);
        if (!set.Required)
        {
            writer.WriteBoolean("required", false);
        }

        writer.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter writer, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray();
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void Array<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }
}
