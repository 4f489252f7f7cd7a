using Credentials.Anchoring;
using Credentials.Evidence;
using Credentials.TestKit;

namespace Credentials.Tests.Evidence;

/// <summary>A bundle with something in every place.</summary>
internal static class SampleBundles
{
    public static readonly RegistryAddress Registry = new(31337, "0x5fbdb2315678afecb367f032d93f642f64180aa3");

    public static EvidenceBundle Full => new(BundledDocument.Of(Utf8.Bytes("""{"name":"a diploma","n":1.0}""")).Require())
    {
        Receipt = Receipt(1),
        Chain = Chain(2),
        Accreditation = new(Registry, new(Word(3)), [], [InstitutionIdentity.Create("did:web:uni.example", "University", "AT")]),
        StatusLists = [new("https://status.example/1", new("application/vc+jwt", Utf8.Bytes("a.b.c"))), new("https://status.example/0", BundledDocument.Of(Utf8.Bytes("{}")).Require())],
        Contexts = new Dictionary<string, Bytes32>(StringComparer.Ordinal) { ["https://z.example"] = Word(4), ["https://a.example"] = Word(5) },
        Earlier = [new(Receipt(6), Chain(7))],
    };

    public static AnchorReceipt Receipt(byte seed) => new(1, 3, [Word(seed), Word((byte)(seed + 100))], new(Word(seed)), Registry, new(Word(seed)), null);

    public static ChainEvidence Chain(byte seed) => new(
        Registry,
        Word(seed),
        new byte[] { 0xf9, seed },
        [new byte[] { 1, seed }, new byte[] { 2 }],
        [new(Word(1), [new byte[] { 3 }]), new(Word(2), [])],
        [new(WitnessStatement.TimeStamp, new byte[] { 0x30, seed }), new(WitnessStatement.Signature, Utf8.Bytes("e.y.J"))]);

    public static Bytes32 Word(byte seed) => Bytes32.From([.. new byte[31], seed]);
}
