using System.Text.Encodings.Web;
using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.Keys;

namespace Credentials.Jose;

/// <summary>Registered claims that go into a document beside its own members, at its end; every other byte of it is kept.</summary>
/// <remarks>https://www.w3.org/TR/vc-jose-cose/#jose-header-parameters-jwt-claims</remarks>
internal sealed class AddedClaims
{
    private readonly List<(string Name, byte[] Json)> _claims = [];

    /// <summary>Adds a text, if there is one.</summary>
    public AddedClaims Text(string name, string? value) => value is null ? this : Add(name, $"\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"");

    /// <summary>Adds a NumericDate in whole seconds, if there is one.</summary>
    public AddedClaims Time(string name, DateTimeOffset? value) => value is { } time ? Add(name, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.ToUnixTimeSeconds()}")) : this;

    /// <summary>Adds a <c>cnf</c>, if there is a key or its name.</summary>
    public AddedClaims Confirmation(PublicKey? key, string? keyId)
    {
        if (key is null)
        {
            return keyId is null ? this : Add("cnf", $$"""{"kid":"{{JsonEncodedText.Encode(keyId, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}}"}""");
        }

        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("jwk");
            JsonWebKey.Write(writer, key);
            writer.WriteEndObject();
        }

        _claims.Add(("cnf", stream.ToArray()));
        return this;
    }

    /// <summary>Null when the document has none of them yet, and no proof that would not hold over them.</summary>
    public Problem? Check(JsonElement document)
    {
        if (_claims.Count > 0 && document.TryGetProperty("proof", out _))
        {
            return new(ProblemCode.MalformedValueError, $"The document carries a proof, which would not hold once {_claims[0].Name} stands beside it. Sign the document without its proof, or ask for no claims.", "/proof");
        }

        foreach ((string name, _) in _claims)
        {
            if (document.TryGetProperty(name, out _))
            {
                return new(ProblemCode.MalformedValueError, $"The document has a {name} already, and the options ask for another.", "/" + name);
            }
        }

        return null;
    }

    /// <summary>Writes them as members of an object.</summary>
    public void Write(ByteBuffer output, bool first)
    {
        foreach ((string name, byte[] json) in _claims)
        {
            if (!first)
            {
                output.Append((byte)',');
            }

            first = false;
            output.AppendQuoted(System.Text.Encoding.ASCII.GetBytes(name));
            output.Append((byte)':');
            output.Append(json);
        }
    }

    /// <summary>The text with them after its last member; the text itself when there are none.</summary>
    public ReadOnlyMemory<byte> AddTo(ReadOnlyMemory<byte> text, JsonElement document)
    {
        if (_claims.Count == 0)
        {
            return text;
        }

        int end = text.Span.LastIndexOf((byte)'}');
        int last = text.Span[..end].TrimEnd(" \t\r\n"u8).Length;
        var output = new ByteBuffer(text.Length + 256);
        output.Append(text.Span[..last]);
        Write(output, first: document.GetPropertyCount() == 0);
        output.Append(text.Span[last..]);
        return output.WrittenMemory;
    }

    /// <summary>An object of them alone.</summary>
    public ReadOnlyMemory<byte> ToObject()
    {
        var output = new ByteBuffer(256);
        output.Append((byte)'{');
        Write(output, first: true);
        output.Append((byte)'}');
        return output.WrittenMemory;
    }

    private AddedClaims Add(string name, string json)
    {
        _claims.Add((name, System.Text.Encoding.UTF8.GetBytes(json)));
        return this;
    }
}
