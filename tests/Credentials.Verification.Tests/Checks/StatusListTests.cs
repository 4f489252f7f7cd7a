using System.Text.Json.Nodes;
using Credentials.Status;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Checks;

/// <summary>Which status lists are believed. One that is not says nothing, whether its bit is set or not.</summary>
public sealed class StatusListTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task Cannot_tell_by_a_list_that_was_altered() =>
        (await WithAsync((world, _) =>
        {
            var bits = new BitstringStatusList();
            bits[5] = true;
            world.Web.Put(world.RevocationUrl, Text.Edit(world.Web.Get(world.RevocationUrl).ToArray(), json => json["credentialSubject"]!["encodedList"] = bits.Encode()));
            return Task.CompletedTask;
        })).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Fact]
    public async Task Cannot_tell_by_a_list_without_a_signature() =>
        (await WithAsync((world, _) =>
        {
            world.Web.Put(world.RevocationUrl, Text.Edit(world.Web.Get(world.RevocationUrl).ToArray(), json => json.Remove("proof")));
            return Task.CompletedTask;
        })).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cannot_tell_by_a_list_that_somebody_else_signed(bool revoked) =>
        (await WithAsync(async (world, diploma) =>
        {
            // Whoever takes over the status host can neither revoke nor clear.
            using SampleIssuer squatter = Squatter(world);
            squatter.Revocations[diploma.Bare.StatusListIndex] = revoked;
            world.Web.Put(world.RevocationUrl, await squatter.StatusListAsync());
        })).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Fact]
    public async Task Believes_a_list_of_another_party_that_the_verifier_has_pinned()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        using SampleIssuer service = Squatter(world);
        service.Revocations[diploma.Bare.StatusListIndex] = true;
        world.Web.Put(world.RevocationUrl, await service.StatusListAsync());

        (await world.VerifyAsync(diploma.Text, trusted: world.Trusted with { PinnedDidDocuments = [service.Document] })).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Fact]
    public async Task Cannot_tell_by_another_list_of_the_same_issuer() =>
        (await WithAsync((world, _) =>
        {
            world.Web.Put(world.RevocationUrl, world.Web.Get(world.SuspensionUrl));
            return Task.CompletedTask;
        })).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Fact]
    public async Task Cannot_tell_by_a_list_that_has_expired() =>
        (await WithAsync(async (world, _) =>
        {
            await world.PublishStatusAsync(TimeSpan.FromMinutes(30));
            world.Clock.Now += TimeSpan.FromHours(1);
        })).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Fact]
    public async Task Cannot_tell_by_a_list_that_is_older_than_the_policy_allows()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        await world.PublishStatusAsync(30 * Day);
        world.Clock.Now += 6 * Day;
        (await world.VerifyAsync(diploma.Text)).IsVerified();

        (await world.VerifyAsync(diploma.Text, VerificationPolicy.Default with { MaxStatusAge = 5 * Day })).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);
        world.Clock.Now += 2 * Day;
        (await world.VerifyAsync(diploma.Text)).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);
    }

    [Fact]
    public async Task Cannot_tell_by_a_list_of_the_future() =>
        (await WithAsync(async (world, _) =>
        {
            using SampleIssuer tomorrow = world.IssuerAt(world.Clock.Now + Day);
            world.Web.Put(world.RevocationUrl, await tomorrow.StatusListAsync());
        })).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Fact]
    public async Task Cannot_tell_by_another_revocation_list_of_the_same_issuer() =>
        (await WithAsync(async (world, _) =>
        {
            // Where the bit of this diploma is still clear.
            world.Web.Put(world.RevocationUrl, await SignListAsync(world, list => list["id"] = "https://status.example/lists/2/revocation"));
        })).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Fact]
    public async Task Cannot_tell_by_a_list_that_was_signed_with_a_revoked_key()
    {
        using TestWorld world = await TestWorld.CreateAsync(p256Revoked: Samples.Time + Day);
        SampleAnchored diploma = await world.IssueAsync();
        world.Clock.Now += 2 * Day;
        using SampleIssuer today = world.IssuerAt(world.Clock.Now);
        world.Web.Put(world.RevocationUrl, await today.StatusListAsync());

        (await world.VerifyAsync(diploma.Text)).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);
    }

    [Fact]
    public async Task Cannot_tell_by_a_list_that_is_too_short_to_hide_in() =>
        (await WithAsync(async (world, _) =>
        {
            string tiny = Encoding.Multibase.EncodeBase64Url(Gzip(new byte[1024]));
            world.Web.Put(world.RevocationUrl, await SignListAsync(world, list => list["credentialSubject"]!["encodedList"] = tiny));
        })).CannotTell(CheckName.Status, ProblemCode.StatusListLengthError);

    [Fact]
    public async Task Cannot_tell_by_a_credential_that_is_no_list() =>
        (await WithAsync(async (world, _) => world.Web.Put(world.RevocationUrl, await world.Issuer.SignAsync(world.Issuer.Prepare("china").Text))))
            .CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Fact]
    public async Task Takes_the_time_of_signing_for_a_list_that_has_no_beginning() =>
        (await WithAsync(async (world, _) => world.Web.Put(world.RevocationUrl, await SignListAsync(world, list => list.Remove("validFrom"))))).IsVerified();

    [Fact]
    public async Task Cannot_tell_by_a_list_whose_encoding_was_cut_short() =>
        (await WithAsync(async (world, _) => world.Web.Put(world.RevocationUrl, await SignListAsync(world, list =>
        {
            string encoded = (string)list["credentialSubject"]!["encodedList"]!;
            list["credentialSubject"]!["encodedList"] = encoded[..(encoded.Length / 2)];
        })))).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);

    [Theory]
    [InlineData("urn:uuid:00000000-0000-0000-0000-000000000000")]
    [InlineData("ftp://status.example/list")]
    public async Task Cannot_tell_by_a_list_that_is_nowhere(string url)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        using var fetcher = new BoundedFetcher(new BoundedFetcherOptions());
        (byte[] text, Anchoring.RegistryHandle handle, int index) = world.Issuer.Prepare("brazil");
        byte[] signed = await world.Issuer.SignAsync(Text.Edit(text, json => json["credentialStatus"]![0]!["statusListCredential"] = url));
        SampleAnchored anchored = world.Issuer.Anchor(new SampleCredential(signed, handle, index));
        await world.AnchorAsync(anchored.Receipt.Root);

        (await world.VerifyAsync(anchored.Text, trusted: world.Trusted with { Fetcher = fetcher })).CannotTell(CheckName.Status, ProblemCode.StatusRetrievalError);
    }

    private static SampleIssuer Squatter(TestWorld world)
    {
        var squatter = new SampleIssuer("squatter") { StatusBaseUrl = world.Issuer.StatusBaseUrl };
        world.Web.Put("https://squatter.example/.well-known/did.json", squatter.DocumentText);
        return squatter;
    }

    /// <summary>The revocation list, edited before it was signed.</summary>
    private static async Task<byte[]> SignListAsync(TestWorld world, Action<JsonObject> edit) => await world.Issuer.SignAsync(Text.Edit(world.Web.Get(world.RevocationUrl).ToArray(), list =>
    {
        list.Remove("proof");
        edit(list);
    }));

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static async Task<VerificationResult> WithAsync(Func<TestWorld, SampleAnchored, Task> happens)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        SampleAnchored diploma = await world.IssueAsync();
        await happens(world, diploma);
        return await world.VerifyAsync(diploma.Text);
    }
}
