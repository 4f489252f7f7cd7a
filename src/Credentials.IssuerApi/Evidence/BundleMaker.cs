using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Evidence;
using Credentials.Ethereum.Proofs;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;
using Credentials.IssuerApi.Accreditation;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Status;

namespace Credentials.IssuerApi.Evidence;

/// <summary>Makes evidence bundles when they are asked for, as of a block that is final today; each proves its own diploma's status at that block.</summary>
/// <remarks>
/// Not when the anchor becomes final: nodes drop the state of old blocks, a diploma's status of that day proves little later, and most diplomas are never asked about.
/// A batch's bundles share block and token for <see cref="EvidenceOptions.MaxAge"/>; when the node can no longer prove at that block, the next one is taken.
/// </remarks>
internal sealed class BundleMaker(
    TrustedChain chain, ILedger ledger, SeenBlockStore blocks, StatusListPublisher lists, AccreditationPaths paths, InstitutionStore institutions, EvidenceOptions options, IHttpClientFactory http) : IDisposable
{
    // One time-stamp a root at a time; roots that share a gate by chance only wait for each other.
    private readonly SemaphoreSlim[] _oneFresh = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>The bundle; or why there is none now.</summary>
    /// <param name="credential">The credential.</param>
    /// <param name="document">Its text.</param>
    /// <param name="receipt">Its receipt; the anchor is final.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Parsed<EvidenceBundle>> MakeAsync(CredentialRecord credential, byte[] document, AnchorReceipt receipt, CancellationToken cancellationToken)
    {
        Parsed<BundleSubject> subject = BundleSubject.Read(document);
        if (!subject.Ok)
        {
            return subject.Problem;
        }

        Institution institution = await institutions.GetAsync(credential.InstitutionId, cancellationToken);
        var supplies = new BundleSupplies([receipt], await paths.FindAsync(institution, null, cancellationToken), await ListsOfAsync(subject.Value, cancellationToken));
        if (options.TimeStampAuthority is null)
        {
            return await new BundleCollector(chain, ledger).CollectAsync(subject.Value, supplies, BlockTag.Finalized, cancellationToken);
        }

        var made = new Making(credential.InstitutionId, subject.Value, supplies, receipt.Root);
        Parsed<EvidenceBundle>? kept = await AtKeptBlockAsync(made, cancellationToken);
        if (kept is { Ok: true } bundle)
        {
            return bundle;
        }

        // Whoever waited finds the block that the one before him had seen.
        SemaphoreSlim gate = _oneFresh[(uint)HashCode.Combine(made.InstitutionId, made.Root) % (uint)_oneFresh.Length];
        await gate.WaitAsync(cancellationToken);
        try
        {
            return kept is null && await AtKeptBlockAsync(made, cancellationToken) is { Ok: true } now ? now : await AtFreshBlockAsync(made, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => Array.ForEach(_oneFresh, gate => gate.Dispose());

    private async Task<Parsed<EvidenceBundle>?> AtKeptBlockAsync(Making made, CancellationToken cancellationToken)
    {
        if (await blocks.FindAsync(made.InstitutionId, made.Root, options.MaxAge, cancellationToken) is not { } seen)
        {
            return null;
        }

        var collector = new BundleCollector(chain, ledger)
        {
            Witness = (statement, _) => Task.FromResult<Parsed<WitnessStatement>>(statement.BlockHash.Equals(seen.Hash) ? seen.Witness : new Problem(ProblemCode.LedgerUnavailable, "The chain has another block there now.")),
        };
        return await collector.CollectAsync(made.Subject, made.Supplies, BlockTag.Number(seen.Number), cancellationToken);
    }

    private async Task<Parsed<EvidenceBundle>> AtFreshBlockAsync(Making made, CancellationToken cancellationToken)
    {
        using HttpClient client = http.CreateClient(nameof(TimeStampAuthority));
        var authority = new TimeStampAuthority(client, new Uri(options.TimeStampAuthority!));
        Parsed<EvidenceBundle> bundle = await new BundleCollector(chain, ledger) { Witness = authority.StampAsync }.CollectAsync(made.Subject, made.Supplies, BlockTag.Finalized, cancellationToken);
        if (bundle.Ok && new RegistryEvidenceReader(chain).ReadHeader(bundle.Value.Chain!.Header) is { Ok: true, Value: { } header })
        {
            await blocks.AddAsync(made.InstitutionId, new(made.Root, header.Number, header.Hash, bundle.Value.Chain.Witnesses[0]), cancellationToken);
        }

        return bundle;
    }

    private async Task<IReadOnlyList<BundledStatusList>> ListsOfAsync(BundleSubject subject, CancellationToken cancellationToken)
    {
        var found = new List<BundledStatusList>();
        foreach (Uri url in subject.Credential.StatusEntries.Select(entry => entry.StatusListCredential).Distinct())
        {
            if (url.Segments is [.., var listId, var purpose] && await lists.GetAsync(listId.TrimEnd('/'), purpose, cancellationToken) is { } list)
            {
                found.Add(new(url.OriginalString, BundledDocument.Of(list).Require()));
            }
        }

        return found;
    }

    private sealed record Making(string InstitutionId, BundleSubject Subject, BundleSupplies Supplies, MerkleRoot Root);
}
