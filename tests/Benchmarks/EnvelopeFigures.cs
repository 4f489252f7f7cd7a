using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.Keys;
using Credentials.Securing;
using Credentials.TestKit;

namespace Credentials.Benchmarks;

/// <summary>Signing and verifying in envelopes, beside the bare signature; SD-JWT with nine disclosures.</summary>
internal static class EnvelopeFigures
{
    private const string Method = "did:web:universidade-modelo.example#key";
    private const double IssuingShare = 0.5;

    // 12,000 and 6,000 a second where the bare verification of P-256 does 20,000.
    private const double VerifyingShare = 0.6;
    private const double VerifyingBoundShare = 0.3;
    private const double TwelveThousand = 1e6 / 12_000;

    private static readonly (string Form, KeyType Type)[] Forms = [("vc+jwt", KeyType.P256), ("vc+jwt", KeyType.Ed25519), ("vc+cose", KeyType.P256)];

    private static readonly string[] Withholdable = ["name", "dateOfBirth", "placeOfBirth", "studentNumber", "award/grade", "award/credits", "award/level", "award/duration", "award/awardDate"];

    public static async Task RunAsync(Stage stage)
    {
        using var issuer = new SampleIssuer();
        byte[] text = Diploma.Unsigned(issuer);
        foreach ((string form, KeyType type) in Forms)
        {
            await RunAsync(stage, SecuringForm.Find(form)!, type, text);
        }

        await RunSelectiveAsync(stage, text);
    }

    private static async Task RunAsync(Stage stage, SecuringForm form, KeyType type, byte[] text)
    {
        using SigningKey key = SigningKey.Generate(type);
        var options = new SecuringOptions(Method);
        byte[] secured = (await form.SignAsync(text, key, options, CancellationToken.None)).Require();
        byte[] hash = new byte[32];
        byte[] signature = key.Sign(hash);

        stage.MeasureBeside(
            $"sign/{form.Name}/{type}",
            () => form.SignAsync(text, key, options, CancellationToken.None).GetAwaiter().GetResult().Require(),
            () => key.Sign(hash),
            IssuingShare);
        stage.MeasureBeside(
            $"verify/{form.Name}/{type}",
            () => Demand(Envelope.Open(secured).Require().Verify(key.PublicKey) is null),
            () => Demand(key.PublicKey.Verify(hash, signature)),
            VerifyingShare);
    }

    private static async Task RunSelectiveAsync(Stage stage, byte[] text)
    {
        using SigningKey key = SigningKey.Generate(KeyType.P256);
        using SigningKey holder = SigningKey.Generate(KeyType.P256);
        string[] pointers = [.. Withholdable.Select(name => "/credentialSubject/" + name)];
        var options = new SdJwtOptions("vc+sd-jwt", Method) { Frame = new(pointers), HolderKey = holder.PublicKey };
        byte[] whole = (await SdJwt.IssueAsync(text, key, options, CancellationToken.None)).Require();
        byte[] bound = (await SdJwt.BindAsync(whole, holder, "verifier", "nonce", Samples.Time, CancellationToken.None)).Require();
        var expected = new KeyBindingExpectation("verifier", "nonce", Samples.Time);
        byte[] hash = new byte[32];
        byte[] signature = key.Sign(hash);
        Demand(SdJwt.Open(whole).Require().DisclosedPointers.Count == Withholdable.Length);

        void Raw() => Demand(key.PublicKey.Verify(hash, signature));
        stage.Measure("sd-jwt/issue", () => SdJwt.IssueAsync(text, key, options, CancellationToken.None).GetAwaiter().GetResult().Require(), TwelveThousand);
        stage.Measure("sd-jwt/present", () => SdJwt.Open(whole).Require().Present(pointers[..3]).Require(), TwelveThousand);
        stage.MeasureBeside("sd-jwt/verify", () => Demand(Envelope.Open(whole).Require().Verify(key.PublicKey) is null), Raw, VerifyingShare);

        // The holder's key is at hand, as the issuer's is: read from cnf and recognised.
        stage.MeasureBeside(
            "sd-jwt/verify-bound",
            () =>
            {
                Envelope envelope = Envelope.Open(bound).Require();
                Demand(envelope.Verify(key.PublicKey) is null && envelope.Confirmation!.Key!.Equals(holder.PublicKey));
                Demand(envelope.KeyBinding!.Verify(holder.PublicKey, expected) is null);
            },
            Raw,
            VerifyingBoundShare);

        // Seen for the first time: .NET checks that it lies in the group, which takes longer than a verification.
        stage.Measure(
            "sd-jwt/verify-bound/new-holder",
            () =>
            {
                Envelope envelope = Envelope.Open(bound).Require();
                Demand(envelope.Verify(key.PublicKey) is null);
                Demand(envelope.KeyBinding!.Verify(envelope.Confirmation!.Key!, expected) is null);
            });
    }

    private static void Demand(bool verified)
    {
        if (!verified)
        {
            throw new InvalidOperationException("The envelope does not verify: nothing was measured.");
        }
    }
}
