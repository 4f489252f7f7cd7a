using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Canonicalization;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;
using FsCheck;
using FsCheck.Fluent;

namespace Credentials.Verification.Tests;

/// <summary>Whatever comes in: an answer, never an exception, and never <em>verified</em> but for the diploma that was issued.</summary>
public sealed class HostileInputTests
{
    public static TheoryData<string> Oddities =>
    [
        "", " ", "{", "[]", "[[[[[[", "null", "true", "0", "\"\"", "{}", "﻿{}", "{\"proof\":null}", "{\"proof\":1}", "{\"proof\":[]}", "{\"proof\":[null,1,[],{}]}", "{\"proof\":{}}",
        "{\"proof\":{\"type\":\"DataIntegrityProof\"}}", "{\"proof\":{\"type\":1,\"cryptosuite\":{},\"verificationMethod\":[]}}",
        "{\"proof\":{\"type\":\"DataIntegrityProof\",\"cryptosuite\":\"ecdsa-jcs-2019\"}}",
        "{\"proof\":{\"type\":\"DataIntegrityProof\",\"cryptosuite\":\"ecdsa-jcs-2019\",\"verificationMethod\":\"\"}}",
        "{\"proof\":{\"type\":\"DataIntegrityProof\",\"cryptosuite\":\"ecdsa-jcs-2019\",\"verificationMethod\":\"did:key:#\"}}",
        "{\"proof\":{\"type\":\"DataIntegrityProof\",\"cryptosuite\":\"ecdsa-jcs-2019\",\"verificationMethod\":\"did:key:zDnaerG8pZ9q9UTmXUJL9PZnxnAgRqFgvvfW9of8YUypNXwZP#zDnaerG8pZ9q9UTmXUJL9PZnxnAgRqFgvvfW9of8YUypNXwZP\",\"proofValue\":7}}",
        "{\"proof\":{\"type\":\"DataIntegrityProof\",\"cryptosuite\":\"merkle-anchor-2026\",\"proofValue\":\"u\"}}",
        "{\"a\":\"\\ud800\",\"proof\":{\"type\":\"DataIntegrityProof\",\"cryptosuite\":\"\\ud800\"}}", "{\"\\udfff\":1}", "{\"a\":1e400}", "{\"a\":1,\"a\":2}",
        "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"type\":[\"VerifiableCredential\"],\"issuer\":\"did:web:\",\"credentialSubject\":{}}",
        "eyJhbGciOiJFUzI1NiJ9.e30.AAAA", "%PDF-1.7", "<html>",
    ];

    [Theory]
    [MemberData(nameof(Oddities))]
    public async Task Answers_to_an_oddity(string text)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        VerificationResult result = await world.VerifyAsync(Utf8.Bytes(text));

        Assert.NotEqual(Verdict.Verified, result.Verdict);
        Assert.NotEmpty(VerificationResultJson.ToUtf8(result));
    }

    // Uri takes these, and throws when it is asked how name servers spell them.
    [Theory]
    [InlineData("https://xn--\u00fc.example")]
    [InlineData("https://a\u0378b.example")]
    [InlineData("https://\u00ad/")]
    [InlineData("https://-\u00fc-.example/path")]
    public async Task Answers_to_an_issuer_or_a_list_at_a_host_that_nobody_can_spell(string url)
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] issuer = await world.IssueAsync(claims => claims["iss"] = url, options: said => said with { KeyId = "key-1" });
        Assert.Equal(Verdict.Indeterminate, (await world.VerifyAsync(issuer)).Verdict);

        byte[] list = await world.IssueAsync(claims => claims["status"]!["status_list"]!["uri"] = url);
        Assert.Equal(Verdict.Indeterminate, (await world.VerifyAsync(list)).Verdict);

        byte[] copy = await world.IssueAsync();
        await world.PublishAsync(claims => claims with { Issuer = url }, keyId: "key-1");
        Assert.Equal(Verdict.Indeterminate, (await world.VerifyAsync(copy)).Verdict);
    }

    [Fact]
    public async Task Answers_to_a_document_that_is_too_deep_or_too_large()
    {
        using TestWorld world = await TestWorld.CreateAsync();

        (await world.VerifyAsync(Utf8.Bytes(new string('[', 100_000)))).CannotTell(CheckName.Format, ProblemCode.ParsingError);
        (await world.VerifyAsync(Utf8.Bytes("{\"a\":\"" + new string('x', 1_100_000) + "\"}"))).CannotTell(CheckName.Format, ProblemCode.ParsingError);
    }

    [Fact]
    public async Task Verifies_no_number_that_the_signature_does_not_tell_from_another()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] plain = Text.Edit(world.Issuer.Prepare("brazil").Text, json =>
        {
            json.Remove("credentialStatus");
            json["credentialSubject"]!["studentNumber"] = 9007199254740992;
        });
        byte[] signed = await world.Issuer.SignAsync(plain);
        (await world.VerifyAsync(signed)).IsVerified();
        (await world.VerifyAsync(Text.Replace(signed, "9007199254740992", "9.007199254740992e15"))).IsVerified();

        // JCS reads numbers as doubles, and both of these are the same one.
        (await world.VerifyAsync(Text.Replace(signed, "9007199254740992", "9007199254740993"))).CannotTell(CheckName.Format, ProblemCode.MalformedValueError);
        (await world.VerifyAsync(Text.Replace(signed, "9007199254740992", "9007199254740992.1"))).CannotTell(CheckName.Format, ProblemCode.MalformedValueError);
    }

    [Fact]
    public async Task Answers_to_random_bytes()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        CredentialVerifier verifier = world.Verifier();
        Randomised.ForAll(
            ArbMap.Default.GeneratorFor<byte[]>().Where(bytes => bytes is not null),
            bytes => verifier.VerifyAsync(bytes, CancellationToken.None).GetAwaiter().GetResult().Verdict == Verdict.Indeterminate,
            slice: 500,
            full: 200_000);
    }

    [Fact]
    public async Task Verifies_no_diploma_whose_bytes_were_changed_at_random()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored genuine = await world.IssueAsync();
        CredentialVerifier verifier = world.Verifier();
        Gen<(int At, int Length, byte[] Instead)> splices =
            from at in Gen.Choose(0, genuine.Text.Length - 1)
            from length in Gen.Frequency((3, Gen.Constant(1)), (1, Gen.Choose(0, 40)))
            from instead in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(length == 1 ? 1 : 3)
            select (at, Math.Min(length, genuine.Text.Length - at), instead);
        Randomised.ForAll(
            splices,
            splice =>
            {
                byte[] changed = [.. genuine.Text.AsSpan(0, splice.At), .. splice.Instead, .. genuine.Text.AsSpan(splice.At + splice.Length)];
                VerificationResult result = verifier.VerifyAsync(changed, CancellationToken.None).GetAwaiter().GetResult();
                VerificationResultJson.ToUtf8(result);
                return result.Verdict != Verdict.Verified || SaysTheSame(changed, genuine);
            },
            slice: 1500,
            full: 500_000);
    }

    [Fact]
    public async Task Believes_no_status_list_whose_bytes_were_changed_at_random()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored genuine = await world.IssueAsync();
        byte[] list = world.Web.Get(world.RevocationUrl).ToArray();
        string issued = Canonical(list)!;
        Randomised.ForAll(
            Gen.Choose(0, list.Length - 1).Zip(Gen.Choose(1, 255)),
            change =>
            {
                byte[] changed = [.. list];
                changed[change.Item1] ^= (byte)change.Item2;
                world.Web.Put(world.RevocationUrl, changed);
                VerificationResult result = world.VerifyAsync(genuine.Text).GetAwaiter().GetResult();
                return result.Verdict == (Canonical(changed) == issued ? Verdict.Verified : Verdict.Indeterminate);
            },
            slice: 300,
            full: 50_000);
    }

    // The size of the tree is the one number that no root attests: a path may fit trees of several sizes (RFC 9162), and leads to the same root in each.
    [Fact]
    public async Task Takes_no_receipt_whose_bytes_were_changed_at_random_but_for_the_size_of_the_tree()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored genuine = await world.IssueAsync();
        CredentialVerifier verifier = world.Verifier();
        byte[] cbor = AnchorReceiptFormat.ToCbor(genuine.Receipt);
        Randomised.ForAll(
            Gen.Choose(0, cbor.Length - 1).Zip(Gen.Choose(1, 255)),
            change =>
            {
                byte[] changed = [.. cbor];
                changed[change.Item1] ^= (byte)change.Item2;
                Parsed<AnchorReceipt> receipt = AnchorReceiptFormat.FromCbor(changed);
                return !receipt.Ok
                    || verifier.VerifyAsync(genuine.Bare.Text, [receipt.Value], CancellationToken.None).GetAwaiter().GetResult().Verdict == Verdict.Indeterminate
                    || AnchorReceiptFormat.ToCbor(receipt.Value with { TreeSize = genuine.Receipt.TreeSize }).SequenceEqual(cbor);
            },
            slice: 500,
            full: 100_000);
    }

    [Fact]
    public void Throws_for_misuse()
    {
        Assert.Throws<ArgumentNullException>(() => new CredentialVerifier(null!, VerificationPolicy.Default, TimeProvider.System));
        Assert.Throws<ArgumentNullException>(() => new CredentialVerifier(new TrustedMaterial(), null!, TimeProvider.System));
        Assert.Throws<ArgumentNullException>(() => new CredentialVerifier(new TrustedMaterial(), VerificationPolicy.Default, null!));
    }

    /// <summary>Whether the signed content and the receipt are those that were issued, however they are written; but for the size of the tree.</summary>
    private static bool SaysTheSame(byte[] changed, SampleAnchored genuine)
    {
        using var json = JsonDocument.Parse(changed);
        return MerkleAnchor2026.DigestOf(json.RootElement) == genuine.Bare.Digest
            && MerkleAnchor2026.ReceiptsIn(json.RootElement) is [{ Ok: true, Value: { } receipt }]
            && AnchorReceiptFormat.ToCbor(receipt with { TreeSize = genuine.Receipt.TreeSize }).SequenceEqual(AnchorReceiptFormat.ToCbor(genuine.Receipt));
    }

    private static string? Canonical(byte[] text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return Convert.ToHexString(Jcs.Canonicalize(json.RootElement));
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }
}
