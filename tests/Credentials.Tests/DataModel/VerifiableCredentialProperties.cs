using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.Dids;
using Credentials.Encoding;
using Credentials.Status;
using Credentials.TestKit;
using Credentials.Tests.Canonicalization;
using FsCheck;
using FsCheck.Fluent;

namespace Credentials.Tests.DataModel;

/// <summary>Whatever comes in, an answer comes out: a credential, or problems that point into the document.</summary>
public sealed class VerifiableCredentialProperties
{
    private static readonly string[] MemberNames =
    [
        "@context", "id", "type", "name", "description", "issuer", "credentialSubject", "validFrom", "validUntil", "credentialStatus",
        "credentialSchema", "termsOfUse", "evidence", "refreshService", "relatedResource", "proof", "issuanceDate", "expirationDate",
    ];

    private static readonly byte[][] Documents = [CredentialJson.Full().Text(), CredentialJson.V1().Text(), .. Samples.Names.Select(Samples.Diploma)];

    private static Gen<int> Numbers => ArbMap.Default.GeneratorFor<int>();

    [Fact]
    public void Any_bytes() => Randomised.ForAll(ArbMap.Default.GeneratorFor<byte[]>(), IsAnswered);

    [Fact]
    public void Any_json() => Randomised.ForAll(
        JsonText.Values.SelectMany(_ => Numbers, (value, seed) => Utf8.Bytes(value.Write(seed))), IsAnswered);

    [Fact]
    public void A_credential_with_any_json_for_one_member() => Randomised.ForAll(
        Gen.Elements(MemberNames).SelectMany(_ => JsonText.Values, (name, value) => CredentialJson.Full().With("/" + name, value.Write(1)).Text()), IsAnswered, slice: 1000);

    [Fact]
    public void A_credential_with_any_json_somewhere_deep_inside() => Randomised.ForAll(
        Gen.Elements(Documents).SelectMany(_ => Numbers, (document, at) => (document, at)).SelectMany(_ => JsonText.Values, (place, value) => Replace(place.document, place.at, value)), IsAnswered, slice: 1000);

    [Fact]
    public void A_credential_with_some_bytes_changed_removed_or_doubled() => Randomised.ForAll(
        Gen.Elements(Documents).SelectMany(_ => Numbers.ListOf(), (document, seeds) => Mutate(document, seeds)), IsAnswered, slice: 1000);

    private static bool IsAnswered(byte[] text)
    {
        IReadOnlyList<Problem> problems = VerifiableCredential.Validate(text);
        Parsed<VerifiableCredential> parsed = VerifiableCredential.Parse(text);
        bool answered = parsed.Ok == (problems.Count == 0)
            && (parsed.Ok || parsed.Problem == problems[0])
            && problems.All(problem => problem.Detail.Length > 0 && problem.Pointer is "" or ['/', ..]);

        // The readers of the same text are as patient.
        if (StrictJson.Parse(text) is { Value: { } document })
        {
            using (document)
            {
                MerkleAnchor2026.DigestOf(document.RootElement);
                MerkleAnchor2026.ReceiptsIn(document.RootElement);
                AnchorReceiptFormat.FromJson(document.RootElement);
                AnchorBatch.FromJson(document.RootElement);
                DidDocument.Read(document.RootElement, "did:web:example.edu");
            }
        }

        if (parsed.Ok)
        {
            BitstringStatusListCredential.Read(parsed.Value);
        }

        return answered;
    }

    private static byte[] Replace(byte[] document, int seed, JsonText value)
    {
        JsonNode root = JsonNode.Parse(document)!;
        var choices = new Choices(seed);
        JsonNode at = root;
        while (true)
        {
            JsonNode[] children = at switch
            {
                JsonObject item => [.. item.Select(member => member.Value).OfType<JsonNode>()],
                JsonArray items => [.. items.OfType<JsonNode>()],
                _ => [],
            };
            if (children.Length == 0 || (at != root && choices.Next(4) == 0))
            {
                break;
            }

            at = children[choices.Next(children.Length)];
        }

        at.ReplaceWith(JsonNode.Parse(value.Write(seed)));
        return root.Text();
    }

    private static byte[] Mutate(byte[] document, IEnumerable<int> seeds)
    {
        List<byte> text = [.. document];
        foreach (int seed in seeds)
        {
            var choices = new Choices(seed);
            int at = choices.Next(text.Count);
            switch (choices.Next(4))
            {
                case 0:
                    text[at] = (byte)choices.Next(256);
                    break;
                case 1:
                    text[at] = (byte)"{}[]\":,\\0e-"[choices.Next(11)];
                    break;
                case 2 when text.Count > 50:
                    text.RemoveRange(at, Math.Min(choices.Next(20), text.Count - at));
                    break;
                default:
                    text.InsertRange(at, text.GetRange(at, Math.Min(choices.Next(40), text.Count - at)));
                    break;
            }
        }

        return [.. text];
    }
}
