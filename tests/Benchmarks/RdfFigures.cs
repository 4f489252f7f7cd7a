using System.Text.Json;
using Credentials.DataIntegrity;
using Credentials.DataIntegrity.SelectiveDisclosure;
using Credentials.Encoding;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Benchmarks;

/// <summary>The suites over RDF on an Open Badges diploma, contexts and keys at hand, beside the bare signatures.</summary>
internal static class RdfFigures
{
    // 8,000 a second where verification alone does 20,000: of issuing too, so that the bare verification stands beside both.
    private const double Share = 0.4;
    private const double DisclosureShare = 0.6;

    private static readonly (string Suite, KeyType Type)[] Suites = [("ecdsa-rdfc-2019", KeyType.P256), ("eddsa-rdfc-2022", KeyType.Ed25519)];

    public static async Task RunAsync(Stage stage)
    {
        foreach ((string suite, KeyType type) in Suites)
        {
            Run(stage, Cryptosuite.Find(suite)!, type);
        }

        await DiscloseAsync(stage);
    }

    private static void Run(Stage stage, Cryptosuite suite, KeyType type)
    {
        using SigningKey key = SigningKey.Generate(type);
        var options = new ProofOptions("did:web:universidade-modelo.example#key", Samples.Time);
        byte[] hashData = new byte[64];
        byte[] signature = key.Sign(hashData);
        byte[] secured = Sign();
        stage.Measure($"raw-sign/{type}", () => key.Sign(hashData));
        stage.MeasureBeside($"sign/{suite.Name}/{type}", () => Sign(), () => key.PublicKey.Verify(hashData, signature), Share);
        stage.MeasureBeside($"verify/{suite.Name}/{type}", () => DataIntegrityFigures.Verify(secured, key.PublicKey), () => key.PublicKey.Verify(hashData, signature), Share);

        byte[] Sign() => DataIntegritySuite.SignAsync(OpenBadge.Unsigned, suite, key, options, CancellationToken.None).GetAwaiter().GetResult().Require();
    }

    private static async Task DiscloseAsync(Stage stage)
    {
        Cryptosuite suite = Cryptosuite.Find("ecdsa-sd-2023")!;
        using SigningKey key = SigningKey.Generate(KeyType.P256);
        var options = new ProofOptions("did:web:universidade-modelo.example#key", Samples.Time) { MandatoryPointers = OpenBadge.MandatoryPointers };
        byte[] signed = await SignAsync();
        byte[] derived = EcdsaSd2023Proofs.Derive(signed, OpenBadge.SelectivePointers).Require();
        int all = BaseProofValue.Read(ValueOf(signed))!.Signatures.Length;
        int shown = DerivedProofValue.Read(ValueOf(derived))!.Signatures.Length;
        byte[] statement = new byte[150];
        byte[] signature = key.Sign(statement);

        stage.MeasureBeside($"sign/{suite.Name}/n={all}", () => SignAsync().GetAwaiter().GetResult(), () => Repeat(all + 1, () => key.Sign(statement)), DisclosureShare);
        stage.MeasureBeside($"derive/{suite.Name}/n={all}", () => EcdsaSd2023Proofs.Derive(signed, OpenBadge.SelectivePointers).Require(), () => Repeat(all + 1, () => key.Sign(statement)), DisclosureShare);
        stage.MeasureBeside($"verify/{suite.Name}/n={shown}", () => DataIntegrityFigures.Verify(derived, key.PublicKey), () => Repeat(shown + 1, () => key.PublicKey.Verify(statement, signature)), DisclosureShare);

        async Task<byte[]> SignAsync() => (await DataIntegritySuite.SignAsync(OpenBadge.Unsigned, suite, key, options, CancellationToken.None)).Require();
    }

    private static byte[] ValueOf(byte[] secured)
    {
        using JsonDocument json = StrictJson.Parse(secured).Require();
        return Multibase.Decode(json.RootElement.GetProperty("proof").GetProperty("proofValue").GetString()!)!;
    }

    private static void Repeat(int times, Action operation)
    {
        for (int i = 0; i < times; i++)
        {
            operation();
        }
    }
}
