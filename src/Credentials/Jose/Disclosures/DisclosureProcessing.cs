using System.Runtime.InteropServices;
using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.Encoding;

namespace Credentials.Jose.Disclosures;

/// <summary>Puts disclosures in the places of their digests. Everything else is copied as it is written, and a document without any digest is not touched at all.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc9901#section-7.1 step 3</remarks>
internal sealed class DisclosureProcessing
{
    private readonly Dictionary<string, Disclosure> _disclosures;
    private readonly HashSet<string> _seen;
    private readonly ByteBuffer _output;
    private Problem? _problem;

    private DisclosureProcessing(IReadOnlyList<Disclosure> disclosures, int size)
    {
        _disclosures = new(disclosures.Count, StringComparer.Ordinal);
        _seen = new(disclosures.Count, StringComparer.Ordinal);
        _output = new(size);
        foreach (Disclosure disclosure in disclosures)
        {
            if (!_disclosures.TryAdd(disclosure.Digest, disclosure))
            {
                _problem = Fault("A disclosure is there twice.");
            }
        }
    }

    /// <summary>The processed payload.</summary>
    /// <param name="text">The payload's text.</param>
    /// <param name="payload">The object parsed from it.</param>
    /// <param name="disclosures">All disclosures, each of which must be called for by one digest.</param>
    public static Parsed<byte[]> Process(byte[] text, JsonElement payload, IReadOnlyList<Disclosure> disclosures)
    {
        if (disclosures.Count == 0 && DigestMarks.SurelyNoneIn(text))
        {
            return text;
        }

        var processing = new DisclosureProcessing(disclosures, text.Length + disclosures.Sum(disclosure => disclosure.Text.Length));
        processing.Object(payload, place: null, within: null, depth: 1);
        foreach (Disclosure disclosure in disclosures)
        {
            disclosure.Close();
        }

        // 5. If any Disclosure was not referenced by digest value in the Issuer-signed JWT (directly or recursively via other Disclosures), the SD-JWT MUST be rejected.
        return processing._problem is { } problem ? problem
            : disclosures.Any(disclosure => disclosure.Place is null) ? Fault("A disclosure belongs to no digest of this SD-JWT.")
            : processing._output.Written.ToArray();
    }

    // True when the value holds no digest and was copied.
    private bool Copied(JsonElement value)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(value);
        bool plain = value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) || DigestMarks.SurelyNoneIn(raw);
        _output.Append(plain ? raw : default);
        return plain;
    }

    private void Value(JsonElement value, Place place, Disclosure? within, int depth)
    {
        if (depth > StrictJson.MaxDepth)
        {
            _problem ??= Fault($"The disclosures nest deeper than {StrictJson.MaxDepth}.");
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            Object(value, place, within, depth);
        }
        else
        {
            Array(value, place, within, depth);
        }
    }

    private void Object(JsonElement json, Place? place, Disclosure? within, int depth)
    {
        JsonElement? digests = null;
        bool first = true;
        _output.Append((byte)'{');
        foreach (JsonProperty member in json.EnumerateObject())
        {
            // 3.5. Remove all _sd keys and their contents. 3.6. Remove the claim _sd_alg from the SD-JWT payload.
            if (member.NameEquals(DigestMarks.Digests))
            {
                digests = member.Value;
            }
            else if (member.NameEquals(DigestMarks.Algorithm) && place is null)
            {
                continue;
            }
            else if (member.NameEquals(DigestMarks.Element) || member.NameEquals(DigestMarks.Algorithm))
            {
                _problem ??= Fault("The names \"...\" and \"_sd_alg\" stand where SD-JWT has no place for them.");
            }
            else
            {
                Separate(ref first);
                _output.AppendQuoted(JsonMarshal.GetRawUtf8PropertyName(member));
                _output.Append((byte)':');
                if (!Copied(member.Value))
                {
                    Value(member.Value, new(place, member.Name), within, depth + 1);
                }
            }
        }

        if (digests is { } list)
        {
            Members(json, list, place, within, depth, ref first);
        }

        _output.Append((byte)'}');
    }

    // 3.3.2. If the digest was found in an object's _sd key.
    private void Members(JsonElement json, JsonElement digests, Place? place, Disclosure? within, int depth, ref bool first)
    {
        if (digests.ValueKind != JsonValueKind.Array)
        {
            _problem ??= Fault("An _sd is an array of digests.");
            return;
        }

        HashSet<string>? names = null;
        foreach (JsonElement item in digests.EnumerateArray())
        {
            if (Find(item) is not { } disclosure)
            {
                continue;
            }

            // 1. If the contents of the respective Disclosure is not a JSON array of three elements (salt, claim name, claim value), the SD-JWT MUST be rejected.
            if (!disclosure.IsMember)
            {
                _problem ??= Fault("The digest of a member calls for the disclosure of an array's element.");
                return;
            }

            // 2. If the claim name is _sd or ..., the SD-JWT MUST be rejected. 3. If the claim name already exists at the level of the _sd key, the SD-JWT MUST be rejected.
            string name = disclosure.Name.GetString()!;
            if (name is "_sd" or "..." or "_sd_alg" || json.TryGetProperty(name, out _) || !(names ??= new(StringComparer.Ordinal)).Add(name))
            {
                _problem ??= Fault("A disclosure gives a member that is there already, or one of a name that SD-JWT keeps for itself.");
                return;
            }

            // 4. Insert, at the level of the _sd key, a new claim using the claim name and claim value from the Disclosure. 5. Recursively process the value.
            Separate(ref first);
            _output.Append(JsonMarshal.GetRawUtf8Value(disclosure.Name));
            _output.Append((byte)':');
            Disclose(disclosure, new(place, name), within, depth);
        }
    }

    // 3.3.3. If the digest was found in an array element.
    private void Array(JsonElement json, Place? place, Disclosure? within, int depth)
    {
        bool first = true;
        int index = 0;
        _output.Append((byte)'[');
        foreach (JsonElement item in json.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || item.GetPropertyCount() != 1 || !item.TryGetProperty(DigestMarks.Element, out JsonElement digest))
            {
                Separate(ref first);
                if (!Copied(item))
                {
                    Value(item, new(place, Name: null, index), within, depth + 1);
                }

                index++;
            }
            else if (Find(digest) is { } disclosure)
            {
                // 1. If the contents of the respective Disclosure is not a JSON array of two elements (salt, value), the SD-JWT MUST be rejected.
                _problem ??= disclosure.IsMember ? Fault("The digest of an array's element calls for the disclosure of a member.") : null;

                // 2. Replace the array element with the value from the Disclosure. 3. Recursively process the value.
                Separate(ref first);
                Disclose(disclosure, new(place, Name: null, index++), within, depth);
            }

            // 3.4. Remove all array elements for which the digest was not found in the previous step.
        }

        _output.Append((byte)']');
    }

    private void Disclose(Disclosure disclosure, Place place, Disclosure? within, int depth)
    {
        disclosure.Put(place, within);
        if (!Copied(disclosure.Value))
        {
            Value(disclosure.Value, place, disclosure, depth + 1);
        }
    }

    // 3.3.1. If no such Disclosure can be found, the digest MUST be ignored. 4. If any digest value is encountered more than once, the SD-JWT MUST be rejected.
    private Disclosure? Find(JsonElement digest)
    {
        if (digest.ValueKind != JsonValueKind.String)
        {
            _problem ??= Fault("A digest is text.");
            return null;
        }

        string text = digest.GetString()!;
        if (!_seen.Add(text))
        {
            _problem ??= Fault("A digest is there twice.");
            return null;
        }

        return _disclosures.GetValueOrDefault(text);
    }

    private void Separate(ref bool first)
    {
        if (!first)
        {
            _output.Append((byte)',');
        }

        first = false;
    }

    private static Problem Fault(string detail) => new(ProblemCode.ProofVerificationError, detail);
}
