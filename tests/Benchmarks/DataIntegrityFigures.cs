using System.Buffers;
using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.DataIntegrity;
using Credentials.Encoding;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Benchmarks;

/// <summary>Canonical form, and issuing and verifying by each suite beside the bare signature.</summary>
internal static class DataIntegrityFigures
{
    private const double IssuingShare = 0.5;
    private const double VerifyingShare = 2.0 / 3;

    private static readonly (string Suite, KeyType Type)[] Suites = [("ecdsa-jcs-2019", KeyType.P256), ("ecdsa-jcs-2019", KeyType.P384), ("eddsa-jcs-2022", KeyType.Ed25519)];

    public static async Task RunAsync(Stage stage)
    {
        using var issuer = new SampleIssuer();
        byte[] text = Diploma.Unsigned(issuer);
        JsonElement json = StrictJson.Parse(text).Require().RootElement;
        var output = new ArrayBufferWriter<byte>(4096);
        stage.Measure("parse", () => StrictJson.Parse(text).Require().Dispose());
        stage.Measure(
            "jcs",
            () =>
            {
                output.ResetWrittenCount();
                Jcs.Write(output, json);
            },
            aim: 10);
        foreach ((string suite, KeyType type) in Suites)
        {
            await RunAsync(stage, Cryptosuite.Find(suite)!, type, text);
        }
    }

    private static async Task RunAsync(Stage stage, Cryptosuite suite, KeyType type, byte[] text)
    {
        using SigningKey key = SigningKey.Generate(type);
        var options = new ProofOptions("did:web:universidade-modelo.example#key", Samples.Time);
        byte[] hashData = new byte[type == KeyType.P384 ? 96 : 64];
        byte[] signature = key.Sign(hashData);
        byte[] secured = (await DataIntegritySuite.SignAsync(text, suite, key, options, CancellationToken.None)).Require();

        stage.MeasureBeside(
            $"sign/{suite.Name}/{type}",
            () => DataIntegritySuite.SignAsync(text, suite, key, options, CancellationToken.None).GetAwaiter().GetResult().Require(),
            () => key.Sign(hashData),
            IssuingShare);
        stage.MeasureBeside(
            $"verify/{suite.Name}/{type}",
            () => Verify(secured, key.PublicKey),
            () => Demand(key.PublicKey.Verify(hashData, signature)),
            VerifyingShare);
    }

    /// <summary>From the bytes as received to the verdict over the signature; the key is at hand.</summary>
    public static void Verify(byte[] secured, PublicKey key)
    {
        using JsonDocument document = StrictJson.Parse(secured).Require();
        DataIntegrityProof proof = DataIntegrityProof.ReadAll(document.RootElement)[0].Require();
        Demand(DataIntegritySuite.Verify(document.RootElement, proof, key) is null);
    }

    private static void Demand(bool verified)
    {
        if (!verified)
        {
            throw new InvalidOperationException("The signature does not verify: nothing was measured.");
        }
    }
}
