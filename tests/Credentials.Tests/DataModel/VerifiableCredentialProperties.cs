using Credentials.DataModel;
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
        Gen.Elements(Documents).SelectMany(_ => Numbers, (document, at) => (document, at)).SelectMany(_ => JsonText.Values, (place, value) => JsonMutation.Replace(place.document, place.at, value)), IsAnswered, slice: 1000);

    [Fact]
    public void A_credential_with_some_bytes_changed_removed_or_doubled() => Randomised.ForAll(
        Gen.Elements(Documents).SelectMany(_ => Numbers.ListOf(), (document, seeds) => JsonMutation.Mutate(document, seeds)), IsAnswered, slice: 1000);

    private static bool IsAnswered(byte[] text)
    {
        IReadOnlyList<Problem> problems = VerifiableCredential.Validate(text);
        Parsed<VerifiableCredential> parsed = VerifiableCredential.Parse(text);
        bool answered = parsed.Ok == (problems.Count == 0)
            && (parsed.Ok || parsed.Problem == problems[0])
            && problems.All(problem => problem.Detail.Length > 0 && problem.Pointer is "" or ['/', ..]);

        if (parsed.Ok)
        {
            BitstringStatusListCredential.Read(parsed.Value);
        }

        return answered;
    }
}
