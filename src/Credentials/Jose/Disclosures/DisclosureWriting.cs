using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Canonicalization;

namespace Credentials.Jose.Disclosures;

/// <summary>Puts digests in the places of what may be withheld. Everything else is copied as it is written.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9901#section-4.2</remarks>
internal sealed class DisclosureWriting(int decoys)
{
    // RFC 9901 section 9.3: "the RECOMMENDED minimum length of the randomly generated portion of the salt is 128 bits".
    private const int SaltLength = 16;
    private const int DecoyLength = 32;

    private static readonly DigestAlgorithm Algorithm = DigestAlgorithm.Sha256;

    private readonly ByteBuffer _disclosures = NewSuffix();
    private Problem? _problem;

    /// <summary>What follows the issuer-signed JWT: <c>~</c>, and each disclosure with its own.</summary>
    public ReadOnlyMemory<byte> Suffix => _disclosures.WrittenMemory;

    /// <summary>Writes the payload.</summary>
    /// <param name="document">The object.</param>
    /// <param name="frame">What may be withheld.</param>
    /// <param name="added">Claims that stand beside it.</param>
    public Parsed<byte[]> Write(JsonElement document, FrameNode frame, AddedClaims added)
    {
        var output = new ByteBuffer(JsonMarshal.GetRawUtf8Value(document).Length + 512);
        Object(output, document, frame, added);
        Problem? problem = _problem ?? frame.FindUnmet();
        return problem is null ? output.Written.ToArray() : problem;
    }

    private void Value(ByteBuffer output, JsonElement value, FrameNode? frame)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(value);
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) || (frame is not { HasChildren: true } && DigestMarks.SurelyNoneIn(raw)))
        {
            output.Append(raw);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            Object(output, value, frame, added: null);
        }
        else
        {
            Array(output, value, frame);
        }
    }

    private void Object(ByteBuffer output, JsonElement json, FrameNode? frame, AddedClaims? added)
    {
        List<string>? digests = null;
        bool first = true;
        output.Append((byte)'{');
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (member.NameEquals(DigestMarks.Digests) || member.NameEquals(DigestMarks.Element) || member.NameEquals(DigestMarks.Algorithm))
            {
                _problem ??= new(ProblemCode.MalformedValueError, $"The document has a member {member.Name}, a name that SD-JWT keeps for itself.");
            }

            FrameNode? below = frame?.Child(member.Name);
            if (below?.Pointer is null)
            {
                Separate(output, ref first);
                Name(output, member);
                output.Append((byte)':');
                Value(output, member.Value, below);
            }
            else
            {
                (digests ??= []).Add(Disclose(member, member.Value, below));
            }
        }

        if (digests is not null)
        {
            Separate(output, ref first);
            WriteDigests(output, digests);
        }

        if (added is not null)
        {
            Separate(output, ref first);
            output.Append("\"_sd_alg\":\"sha-256\""u8);
            added.Write(output, first);
        }

        output.Append((byte)'}');
    }

    // "The Issuer MUST hide the original order of the claims in the array": digests in alphabetical order have none.
    private void WriteDigests(ByteBuffer output, List<string> digests)
    {
        for (int i = 0; i < decoys; i++)
        {
            digests.Add(Decoy());
        }

        digests.Sort(StringComparer.Ordinal);
        bool first = true;
        output.Append("\"_sd\":["u8);
        foreach (string digest in digests)
        {
            Separate(output, ref first);
            output.AppendQuoted(System.Text.Encoding.ASCII.GetBytes(digest));
        }

        output.Append((byte)']');
    }

    private void Array(ByteBuffer output, JsonElement json, FrameNode? frame)
    {
        bool first = true;
        bool any = false;
        int index = 0;
        output.Append((byte)'[');
        foreach (JsonElement item in json.EnumerateArray())
        {
            FrameNode? below = frame?.Child(index.ToString(CultureInfo.InvariantCulture));
            Separate(output, ref first);
            if (below?.Pointer is null)
            {
                Value(output, item, below);
            }
            else
            {
                any = true;
                Element(output, Disclose(member: null, item, below));
            }

            index++;
        }

        for (int i = 0; any && i < decoys; i++)
        {
            Separate(output, ref first);
            Element(output, Decoy());
        }

        output.Append((byte)']');
    }

    private static void Element(ByteBuffer output, string digest)
    {
        output.Append("{\"...\":"u8);
        output.AppendQuoted(System.Text.Encoding.ASCII.GetBytes(digest));
        output.Append((byte)'}');
    }

    // Writes the disclosure, those inside of its value first, and returns its digest.
    private string Disclose(JsonProperty? member, JsonElement value, FrameNode frame)
    {
        frame.Found = true;
        var json = new ByteBuffer(256);
        Span<byte> salt = stackalloc byte[SaltLength];
        RandomNumberGenerator.Fill(salt);
        json.Append("[\""u8);
        json.Advance(Base64Url.EncodeToUtf8(salt, json.Reserve(Base64Url.GetEncodedLength(SaltLength))));
        json.Append("\","u8);
        if (member is { } named)
        {
            Name(json, named);
            json.Append((byte)',');
        }

        Value(json, value, frame);
        json.Append((byte)']');

        int length = Base64Url.GetEncodedLength(json.Length);
        Span<byte> text = _disclosures.Reserve(length + 1);
        Base64Url.EncodeToUtf8(json.Written, text);
        text[length] = (byte)'~';
        string digest = Algorithm.DigestOf(text[..length]);
        _disclosures.Advance(length + 1);
        return digest;
    }

    // "It is RECOMMENDED to create the decoy digests by hashing over a cryptographically secure random number."
    private static string Decoy() => Algorithm.DigestOf(RandomNumberGenerator.GetBytes(DecoyLength));

    private static ByteBuffer NewSuffix()
    {
        var suffix = new ByteBuffer(1024);
        suffix.Append((byte)'~');
        return suffix;
    }

    private static void Name(ByteBuffer output, JsonProperty member) => output.AppendQuoted(JsonMarshal.GetRawUtf8PropertyName(member));

    private static void Separate(ByteBuffer output, ref bool first)
    {
        if (!first)
        {
            output.Append((byte)',');
        }

        first = false;
    }
}
