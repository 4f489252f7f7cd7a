using Credentials.Dids;
using Credentials.Keys;
using Credentials.Status;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Copies;

/// <summary>Token Status Lists: what the issuer's own list says counts, and nothing else does.</summary>
public sealed class TokenStatusTests
{
    [Theory]
    [InlineData(TokenStatusList.Invalid, ProblemCode.CredentialRevoked)]
    [InlineData(TokenStatusList.Suspended, ProblemCode.CredentialSuspended)]
    public async Task Rejects_what_the_issuers_list_withdraws(byte status, string code)
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync();
        world.Statuses[CopyWorld.Index] = status;
        await world.PublishAsync();
        (await world.VerifyAsync(copy)).IsRejected(CheckName.Status, code);
    }

    [Fact]
    public async Task Verifies_while_only_others_are_withdrawn()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        world.Statuses[CopyWorld.Index - 1] = TokenStatusList.Invalid;
        world.Statuses[CopyWorld.Index + 1] = TokenStatusList.Suspended;
        await world.PublishAsync();
        (await world.VerifyAsync(await world.IssueAsync())).IsVerified();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(15)]
    public async Task Cannot_tell_a_status_that_is_reserved_or_the_issuers_own(byte status)
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        await world.PublishAsync(claims => claims with { List = new TokenStatusList(1000, 4) { [CopyWorld.Index] = status } });
        await CannotTellAsync(world, ProblemCode.StatusVerificationError);
    }

    [Fact]
    public async Task Cannot_tell_by_a_list_that_does_not_count_yet()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        await world.PublishAsync(claims => claims with { NotBefore = claims.IssuedAt + TimeSpan.FromDays(1) });
        await CannotTellAsync(world, ProblemCode.StatusVerificationError);
    }

    [Fact]
    public async Task Cannot_tell_by_a_list_that_was_swapped_for_another_of_the_same_issuer()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        world.Statuses[CopyWorld.Index] = TokenStatusList.Invalid;
        await world.PublishAsync(claims => claims with { Subject = "https://status.example/lists/2/token" });
        await CannotTellAsync(world, ProblemCode.StatusVerificationError);
    }

    [Fact]
    public async Task Cannot_tell_by_a_list_that_somebody_else_signed_in_the_issuers_name()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        world.Statuses[CopyWorld.Index] = TokenStatusList.Invalid;
        await world.PublishAsync(key: world.Stranger);
        await CannotTellAsync(world, ProblemCode.StatusVerificationError);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cannot_tell_by_another_issuers_list_unless_that_party_is_pinned(bool pinned)
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        DidDocument other = DidDocumentWriter.Build("did:web:other.example", [new("p256", world.Stranger.PublicKey)]);
        world.World.Web.Put("https://other.example/.well-known/did.json", DidDocumentWriter.Write("did:web:other.example", [new("p256", world.Stranger.PublicKey)]));
        byte[] copy = await world.IssueAsync();
        world.Statuses[CopyWorld.Index] = TokenStatusList.Invalid;
        await world.PublishAsync(key: world.Stranger, keyId: "did:web:other.example#p256");
        VerificationResult result = await world.VerifyAsync(copy, trusted: pinned ? world.Trusted with { PinnedDidDocuments = [other] } : null);
        if (pinned)
        {
            result.IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
        }
        else
        {
            result.CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);
        }
    }

    [Fact]
    public async Task Cannot_tell_by_a_list_that_names_the_issuer_and_is_signed_with_a_strangers_own_key()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        world.Statuses[CopyWorld.Index] = TokenStatusList.Invalid;
        await world.PublishAsync(claims => claims with { Issuer = CopyWorld.IssuerUrl }, world.Stranger, Dids.Methods.DidKey.MethodOf(world.Stranger.PublicKey));
        await CannotTellAsync(world, ProblemCode.StatusVerificationError);
    }

    [Theory]
    [InlineData("connection refused")]
    [InlineData("HTTP 503")]
    public async Task Cannot_tell_while_the_list_is_out_of_reach(string fault)
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        world.World.Web.Break(CopyWorld.ListUrl, fault);
        await CannotTellAsync(world, ProblemCode.StatusRetrievalError);
    }

    [Fact]
    public async Task Cannot_tell_by_what_is_no_list()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        world.World.Web.Put(CopyWorld.ListUrl, "<html>"u8.ToArray());
        await CannotTellAsync(world, ProblemCode.StatusRetrievalError);
    }

    [Fact]
    public async Task Cannot_tell_by_a_list_that_is_over()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        await world.PublishAsync(claims => claims with { Expires = claims.IssuedAt });
        await CannotTellAsync(world, ProblemCode.StatusVerificationError);
    }

    [Fact]
    public async Task Cannot_tell_by_a_list_of_long_ago_or_of_tomorrow()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        await world.PublishAsync(claims => claims with { IssuedAt = claims.IssuedAt - TimeSpan.FromDays(8) });
        await CannotTellAsync(world, ProblemCode.StatusVerificationError);
        await world.PublishAsync(claims => claims with { IssuedAt = claims.IssuedAt + TimeSpan.FromDays(1) });
        await CannotTellAsync(world, ProblemCode.StatusVerificationError);
    }

    [Fact]
    public async Task Cannot_tell_by_a_list_in_CBOR_for_an_SD_JWT_VC()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        await world.PublishAsync(cwt: true);
        await CannotTellAsync(world, ProblemCode.StatusVerificationError);
    }

    [Fact]
    public async Task Cannot_tell_of_an_index_outside_of_the_list()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        await world.PublishAsync(claims => claims with { List = new TokenStatusList(4, 2) });
        await CannotTellAsync(world, ProblemCode.RangeError);
    }

    [Fact]
    public async Task Cannot_tell_by_a_list_whose_key_was_given_up()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync();
        using var old = SigningKey.Generate(KeyType.P256);
        world.World.Web.Put(world.World.DidUrl, DidDocumentWriter.Write(world.World.Issuer.Did, [new("p256", world.World.Issuer.P256.PublicKey), new("old", old.PublicKey, world.World.Clock.Now - TimeSpan.FromDays(1))]));
        await world.PublishAsync(key: old, keyId: world.World.Issuer.Did + "#old");
        (await world.VerifyAsync(copy)).CannotTell(CheckName.Status, ProblemCode.StatusVerificationError);
    }

    [Fact]
    public async Task Keeps_a_list_for_its_time_to_live_and_no_longer()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync();
        CredentialVerifier verifier = world.Verifier();
        (await verifier.VerifyAsync(copy, CancellationToken.None)).IsVerified();
        world.Statuses[CopyWorld.Index] = TokenStatusList.Invalid;
        await world.PublishAsync();
        (await verifier.VerifyAsync(copy, CancellationToken.None)).IsVerified();

        world.World.Clock.Now += TimeSpan.FromMinutes(6);
        (await verifier.VerifyAsync(copy, CancellationToken.None)).IsRejected(CheckName.Status, ProblemCode.CredentialRevoked);
    }

    [Fact]
    public async Task Cannot_tell_from_a_later_list_whether_it_was_revoked_then()
    {
        using CopyWorld world = await CopyWorld.CreateAsync();
        byte[] copy = await world.IssueAsync();
        world.Statuses[CopyWorld.Index] = TokenStatusList.Invalid;
        await world.PublishAsync();
        VerificationResult result = await world.VerifyAsync(copy, VerificationPolicy.AsOf(world.World.Clock.Now - TimeSpan.FromMinutes(10)));
        result.Is(CheckName.Status, CheckOutcome.Indeterminate, ProblemCode.StatusVerificationError);
    }

    private static async Task CannotTellAsync(CopyWorld world, string code) => (await world.VerifyAsync(await world.IssueAsync())).CannotTell(CheckName.Status, code);
}
