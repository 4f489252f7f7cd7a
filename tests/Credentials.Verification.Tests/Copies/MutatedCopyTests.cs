using Credentials.DcSdJwt;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;
using FsCheck.Fluent;

namespace Credentials.Verification.Tests.Copies;

/// <summary>Copies whose bytes were changed at random: always an answer, and verified only what the issuer signed.</summary>
public sealed class MutatedCopyTests
{
    [Fact]
    public async Task Verifies_no_copy_whose_bytes_were_changed_at_random()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync();
        byte[] shown = await world.PresentAsync(copy);
        CredentialVerifier verifier = world.Verifier();
        Randomised.ForAll(
            from seed in Gen.Elements<byte[]>(copy, shown)
            from at in Gen.Choose(0, seed.Length - 1)
            from change in Gen.Choose(1, 255)
            from length in Gen.Choose(0, 60)
            select (seed, at, change, length),
            mutation =>
            {
                byte[] changed = [.. mutation.seed];
                changed[mutation.at] ^= (byte)mutation.change;
                byte[] cut = [.. mutation.seed[..mutation.at], .. mutation.seed[Math.Min(mutation.seed.Length, mutation.at + mutation.length)..]];
                foreach (byte[] text in (byte[][])[changed, cut])
                {
                    VerificationResult result = verifier.VerifyAsync(text, CancellationToken.None).GetAwaiter().GetResult();
                    PresentationResult presented = verifier.VerifyPresentationAsync(text, PresentationWorld.Expected, CancellationToken.None).GetAwaiter().GetResult();
                    _ = VerificationResultJson.ToUtf8(result).Length + VerificationResultJson.ToUtf8(presented).Length;
                    if ((result.Verdict == Verdict.Verified && !SaysLess(text, copy)) || (presented.Verdict == Verdict.Verified && !text.AsSpan().SequenceEqual(shown)))
                    {
                        return false;
                    }
                }

                return true;
            },
            slice: 1500,
            full: 200_000);
    }

    [Fact]
    public async Task Believes_no_status_list_whose_bytes_were_changed_at_random()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync();
        byte[] list = world.World.Web.Get(CopyWorld.ListUrl).ToArray();
        Randomised.ForAll(
            Gen.Choose(0, list.Length - 1).Zip(Gen.Choose(1, 255)),
            change =>
            {
                byte[] changed = [.. list];
                changed[change.Item1] ^= (byte)change.Item2;
                world.World.Web.Put(CopyWorld.ListUrl, changed);
                return world.VerifyAsync(copy).GetAwaiter().GetResult().Verdict == Verdict.Indeterminate;
            },
            slice: 300,
            full: 50_000);
    }

    /// <summary>Whether every part of a text is one of the copy's: what is missing was withheld, and the key binding is another question.</summary>
    private static bool SaysLess(byte[] text, byte[] copy)
    {
        SdJwtVc read = SdJwtVc.Open(text).Require();
        string[] parts = Utf8.Text(text).Split('~');
        return read.KeyBinding is not null ? parts[..^1].All(Utf8.Text(copy).Split('~').Contains) : parts.All(Utf8.Text(copy).Split('~').Contains);
    }
}
