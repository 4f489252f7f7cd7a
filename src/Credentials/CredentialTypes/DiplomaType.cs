using System.Text.Json;

namespace Credentials.CredentialTypes;

/// <summary>The type of our diplomas as SD-JWT VCs, and its document, which every issuer serves alike and which wallets and verifiers know without fetching it.</summary>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-sd-jwt-vc-19.html#name-sd-jwt-vc-type-metadata</remarks>
public static class DiplomaType
{
    /// <summary>The <c>vct</c>, the same at every issuer.</summary>
    public const string Vct = "urn:credentials:diploma:v1";

    private static readonly byte[] Text = Write();

    /// <summary>The type's document: UTF-8 JSON, the same bytes for ever. A change of it is a new <see cref="Vct"/>.</summary>
    public static ReadOnlyMemory<byte> Document => Text;

    /// <summary>The value of <c>vct#integrity</c>.</summary>
    public static string Integrity { get; } = IntegrityMetadata.Of(Text);

    private static byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("vct", Vct);
            writer.WriteString("name", "Diploma");
            writer.WriteString("description", "An award of a higher education institution. The claims are few and flat, each to be shown on its own; the claim diploma holds the credentialSubject of the master diploma whole.");
            WriteDisplay(writer);
            writer.WriteStartArray("claims");
            foreach (DiplomaTypeTexts.Claim claim in DiplomaTypeTexts.Claims)
            {
                Write(writer, claim);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteDisplay(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("display");
        foreach ((string locale, string name, string description) in DiplomaTypeTexts.Names)
        {
            writer.WriteStartObject();
            writer.WriteString("locale", locale);
            writer.WriteString("name", name);
            writer.WriteString("description", description);
            writer.WriteStartObject("rendering");
            writer.WriteStartObject("simple");
            writer.WriteString("background_color", "#12355b");
            writer.WriteString("text_color", "#ffffff");
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, DiplomaTypeTexts.Claim claim)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("path");
        writer.WriteStringValue(claim.Name);
        writer.WriteEndArray();
        writer.WriteStartArray("display");
        for (int i = 0; i < claim.Labels.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("locale", DiplomaTypeTexts.Names[i].Locale);
            writer.WriteString("label", claim.Labels[i]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (claim.Mandatory)
        {
            writer.WriteBoolean("mandatory", true);
        }

        writer.WriteString("sd", claim.Disclosable ? "always" : "never");
        writer.WriteEndObject();
    }
}
