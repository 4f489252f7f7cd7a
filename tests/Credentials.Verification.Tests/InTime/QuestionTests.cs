using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.InTime;

/// <summary>What is asked of registries, and how often.</summary>
public sealed class QuestionTests : IDisposable
{
    private readonly TimeWorld _world = new();

    [Fact]
    public async Task Asks_for_root_handle_key_identity_and_path_at_once()
    {
        SampleAnchored diploma = await _world.IssueAsync();
        await _world.VerifyAsync(diploma);

        RegistryQuery query = Assert.Single(_world.Registry.Queries);
        Assert.Equal((_world.Issuer.Institution, diploma.Receipt.Root, diploma.Bare.Handle, _world.Method, _world.Identity.Hash), (query.Institution, query.Root!.Value, query.Handle!.Value, query.VerificationMethod, query.Identity!.Value));
        Assert.Equal([_world.ToUniversity, TimeWorld.ToAgency], query.Path);
    }

    [Fact]
    public async Task Asks_nothing_before_the_signature_holds_where_nobody_could_vouch()
    {
        SampleAnchored diploma = await _world.IssueAsync();
        await _world.VerifyAsync(Text.Replace(diploma.Text, "8.74", "9.74"), _world.Unaccredited);

        Assert.Equal(0, _world.Registry.Reads);
    }

    [Fact]
    public async Task A_document_made_to_exhaust_is_not_asked_about_without_end()
    {
        SampleAnchored diploma = await _world.IssueAsync();
        byte[] hostile = Text.Edit(diploma.Text, json =>
        {
            for (int i = 0; i < 100; i++)
            {
                json["credentialStatus"]!.AsArray().Add(new JsonObject { ["id"] = new RegistryEntry(_world.Issuer.Registry, _world.Issuer.Institution, RegistryHandle.Create()).Id, ["type"] = RegistryEntry.Type });
            }

            for (int i = 0; i < 14; i++)
            {
                JsonObject proof = json["proof"]![0]!.DeepClone().AsObject();
                proof["verificationMethod"] = $"{_world.Issuer.Did}#k{i}";
                json["proof"]!.AsArray().Add(proof);
            }
        });
        VerificationResult result = await _world.VerifyAsync(hostile, _world.Trusted with { AccreditationPaths = [.. Enumerable.Repeat(0, 9).Select(_ => _world.Path with { Links = [_world.ToUniversity, TimeWorld.ToAgency] })] });

        Assert.NotEqual(Verdict.Verified, result.Verdict);
        Assert.InRange(_world.Registry.Reads, 1, 48);
    }

    [Fact]
    public async Task A_node_that_answers_about_the_anchor_and_not_about_the_key_does_not_make_a_retired_key_good()
    {
        SampleAnchored diploma = await _world.IssueAsync();
        _world.RevokeKey(TimeWorld.Anchored - TimeWorld.Day);
        var forgetful = new Forgetful(_world.Registry);

        // The receipt beside it leads to another root: that read is the anchor's alone.
        SampleAnchored again = _world.Issuer.Anchor(diploma.Bare);
        _world.Registry.Anchors[(_world.Issuer.Institution, again.Receipt.Root)] = TimeWorld.Anchored;
        forgetful.Fails = diploma.Receipt.Root;
        TrustedMaterial trusted = _world.Unaccredited with { Registries = [forgetful] };
        VerificationResult result = await _world.VerifyAsync(MerkleAnchor2026.AddTo(diploma.Text, again.Receipt), trusted, VerificationPolicy.RequireAnchor.WithoutStatusUnsafe());

        result.CannotTell(CheckName.Issuer, ProblemCode.LedgerUnavailable);
    }

    /// <summary>Answers every question but those about one root.</summary>
    private sealed class Forgetful(IRegistryReader inner) : IRegistryReader
    {
        public MerkleRoot Fails { get; set; }

        public RegistryAddress Registry => inner.Registry;

        public Task<RegistryReading> ReadAsync(RegistryQuery query, CancellationToken cancellationToken) => query.Root == Fails
            ? Task.FromResult(RegistryReading.Unavailable(new(ProblemCode.LedgerUnavailable, "the node gave up")))
            : inner.ReadAsync(query, cancellationToken);
    }

    public void Dispose() => _world.Dispose();
}
