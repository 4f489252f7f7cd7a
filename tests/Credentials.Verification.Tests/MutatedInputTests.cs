using Credentials.DataModel;
using Credentials.Dids.Methods;
using Credentials.JwtVcs;
using Credentials.Securing;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;
using Credentials.Wallets;
using FsCheck;
using FsCheck.Fluent;

namespace Credentials.Verification.Tests;

/// <summary>Diplomas and presentations of every form with bytes changed, cut, doubled and swapped at random: always an answer, never an exception, and soon.</summary>
public sealed class MutatedInputTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Answers_to_every_form_mutated()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        var documents = new List<byte[]>();
        foreach (string form in FormWorld.CredentialForms)
        {
            documents.Add((await world.World.IssueAsAsync(form)).Text);
        }

        foreach (string form in FormWorld.PresentationForms)
        {
            documents.Add(await world.PresentAsync(form, await world.DiplomaAsync("vc+jwt")));
        }

        using CopyWorld copies = await CopyWorld.CreateAsync();
        byte[] copy = await copies.IssueAsync();
        documents.AddRange([copy, await copies.PresentAsync(copy), .. await JwtsOfAsync(copies)]);
        CredentialVerifier verifier = world.World.Verifier();
        Gen<byte[]> values = from document in Gen.Elements<byte[]>(documents)
                             from changes in Gen.ListOf(Changes)
                             select changes.Take(4).Aggregate(document, (text, change) => change(text));
        Randomised.ForAll(
            values,
            text =>
            {
                long started = System.Diagnostics.Stopwatch.GetTimestamp();
                VerificationResult credential = verifier.VerifyAsync(text, CancellationToken.None).GetAwaiter().GetResult();
                PresentationResult presentation = verifier.VerifyPresentationAsync(text, PresentationWorld.Expected, CancellationToken.None).GetAwaiter().GetResult();
                return VerificationResultJson.ToUtf8(credential).Length > 0
                    && VerificationResultJson.ToUtf8(presentation).Length > 0
                    && System.Diagnostics.Stopwatch.GetElapsedTime(started) < 2 * Soon;
            },
            slice: 5_000,
            full: 200_000);
    }

    /// <summary>The forms of VCDM 1.1, which <see cref="SecuringForm"/> does not list: their payload is no document.</summary>
    private static async Task<byte[][]> JwtsOfAsync(CopyWorld copies)
    {
        byte[] credential = (await JwtVc.SignAsync(WalletCopy.ToJwtVc(VerifiableCredential.Parse(copies.Master.Bare.Text).Require(), copies.Terms), copies.World.Issuer.P256, copies.KeyId, CancellationToken.None)).Require();
        var said = new SecuringOptions(DidKey.MethodOf(copies.Learner.PublicKey)) { Challenge = PresentationWorld.Challenge, Domain = PresentationWorld.Domain };
        return [credential, (await JwtVc.PresentAsync(copies.LearnerDid, [Utf8.Text(credential)], copies.Learner, said, CancellationToken.None)).Require()];
    }

    private static Gen<Func<byte[], byte[]>> Changes => Gen.OneOf(
        from at in Place from value in Gen.Choose(0, 255) select Change(text => text.Length == 0 ? text : [.. text[..at(text)], (byte)value, .. text[(at(text) + 1)..]]),
        from at in Place from value in Gen.Elements("\"", "{", "}", "[", "]", ",", ":", ".", "~", "\\u0000", "null", "1e999", "\ud800", "=", "A") select Change(text => [.. text[..at(text)], .. Utf8.Bytes(value), .. text[at(text)..]]),
        from at in Place from length in Gen.Choose(1, 40) select Change(text => [.. text[..at(text)], .. text[Math.Min(text.Length, at(text) + length)..]]),
        from at in Place from length in Gen.Choose(1, 200) select Change(text => [.. text[..Math.Min(text.Length, at(text) + length)], .. text[at(text)..]]),
        from at in Place select Change(text => text[..at(text)]),
        from at in Place select Change(text => [.. text[at(text)..], .. text[..at(text)]]));

    /// <summary>A place that lies in a text of any length.</summary>
    private static Gen<Func<byte[], int>> Place => Gen.Choose(0, 999_999).Select(share => (Func<byte[], int>)(text => text.Length == 0 ? 0 : (int)((long)share * text.Length / 1_000_000)));

    private static Func<byte[], byte[]> Change(Func<byte[], byte[]> change) => change;
}
