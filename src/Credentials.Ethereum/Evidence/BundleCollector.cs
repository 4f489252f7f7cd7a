using Credentials.Anchoring;
using Credentials.Ethereum.Proofs;
using Credentials.Ethereum.Registry;
using Credentials.Evidence;

namespace Credentials.Ethereum.Evidence;

/// <summary>Makes an evidence bundle of a credential: proofs from a node, a witness for the block, and what the caller brings.</summary>
/// <param name="chain">The registry.</param>
/// <param name="ledger">A node that serves <c>eth_getProof</c>.</param>
public sealed class BundleCollector(TrustedChain chain, ILedger ledger)
{
    /// <summary>Gives a witness's statement for a block; null for a bundle without one, which counts only with those to whom the block is a checkpoint.</summary>
    public Func<HeaderStatement, CancellationToken, Task<Parsed<WitnessStatement>>>? Witness { get; init; }

    /// <summary>The bundle, as of a block.</summary>
    /// <param name="signed">The credential.</param>
    /// <param name="supplies">What goes into it besides.</param>
    /// <param name="tag">The block; it should be finalized.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The bundle; or what is missing for one.</returns>
    public async Task<Parsed<EvidenceBundle>> CollectAsync(BundleSubject signed, BundleSupplies supplies, BlockTag tag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signed);
        ArgumentNullException.ThrowIfNull(supplies);
        if (signed.EntryOf(chain.Registry) is not { } entry)
        {
            return new Problem(ProblemCode.EvidenceError, $"The credential names no institution in the registry {chain.Registry}.");
        }

        if (signed.ReceiptOf(entry, supplies.Receipts) is not { } receipt)
        {
            return new Problem(ProblemCode.AnchorReceiptError, "The credential carries no receipt that leads from it to a root. Ask for its anchored form, or bring the batch's receipt file.");
        }

        var collector = new EvidenceCollector(chain, ledger);
        Parsed<ChainEvidence> evidence = await collector.CollectAsync(QueriesOf(signed, entry, receipt, supplies), tag, cancellationToken).ConfigureAwait(false);
        if (!evidence.Ok)
        {
            return evidence.Problem;
        }

        Parsed<ChainEvidence> witnessed = await WitnessedAsync(evidence.Value, receipt.Root, cancellationToken).ConfigureAwait(false);
        return !witnessed.Ok ? witnessed.Problem : new EvidenceBundle(signed.Document)
        {
            Receipt = receipt,
            Chain = witnessed.Value,
            Accreditation = supplies.Accreditation,
            StatusLists = supplies.StatusLists,
            Contexts = signed.ContextDigests(),
        };
    }

    /// <summary>The bundle after a migration to this registry, whose institution has anchored the root of <paramref name="receipt"/>.</summary>
    /// <param name="bundle">The bundle before.</param>
    /// <param name="receipt">From the earlier evidence's leaf (<see cref="EarlierEvidence.LeafOf"/>) to the root in this registry.</param>
    /// <param name="accreditation">Who vouches for the institution here.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Parsed<EvidenceBundle>> MigrateAsync(EvidenceBundle bundle, AnchorReceipt receipt, AccreditationPath? accreditation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(receipt);
        RegistryAddress origin = (bundle.Earlier.Count > 0 ? bundle.Earlier[^1].Receipt : bundle.Receipt)?.Registry ?? chain.Registry;
        Parsed<BundleSubject> subject = BundleSubject.Read(bundle.Credential.Secured);
        if (!subject.Ok || EarlierEvidence.Of(bundle) is null || subject.Value.EntryOf(origin) is not { } entry)
        {
            return subject.Problem ?? new(ProblemCode.EvidenceError, "The bundle holds no evidence that could be migrated.");
        }

        // The same handle, under the institution that stands in for the one that the credential names.
        RegistryQuery[] queries = QueriesOf(subject.Value, entry with { Registry = chain.Registry, Institution = receipt.Institution }, receipt, new([], accreditation, bundle.StatusLists));
        Parsed<ChainEvidence> evidence = await new EvidenceCollector(chain, ledger).CollectAsync(queries, cancellationToken).ConfigureAwait(false);
        Parsed<ChainEvidence> witnessed = evidence.Ok ? await WitnessedAsync(evidence.Value, receipt.Root, cancellationToken).ConfigureAwait(false) : evidence;
        return witnessed.Ok ? EarlierEvidence.Migrate(bundle, receipt, witnessed.Value, accreditation) : witnessed.Problem;
    }

    private async Task<Parsed<ChainEvidence>> WitnessedAsync(ChainEvidence evidence, MerkleRoot root, CancellationToken cancellationToken)
    {
        if (Witness is null)
        {
            return evidence;
        }

        Parsed<EvidenceHeader> header = new RegistryEvidenceReader(chain).ReadHeader(evidence.Header);
        if (!header.Ok)
        {
            return header.Problem;
        }

        Parsed<WitnessStatement> statement = await Witness(new(evidence.Registry, evidence.GenesisHash, root, header.Value.Hash), cancellationToken).ConfigureAwait(false);
        return statement.Ok ? evidence with { Witnesses = [statement.Value] } : statement.Problem;
    }

    // Whoever verifies asks about each signature's key, with and without the path: what he does not find in the bundle he cannot tell.
    private static RegistryQuery[] QueriesOf(BundleSubject signed, RegistryEntry entry, AnchorReceipt receipt, BundleSupplies supplies)
    {
        AccreditationPath? path = supplies.Accreditation;
        string[] methods = [.. signed.Methods.Concat(supplies.StatusLists.SelectMany(list => BundleSubject.Read(list.Document.Secured).Value?.Methods ?? [])).Distinct(StringComparer.Ordinal).Take(8)];
        return [.. methods.DefaultIfEmpty().Select(method => new RegistryQuery(entry.Institution, receipt.Root, entry.Handle)
        {
            VerificationMethod = method,
            Identity = path?.Identity,
            Path = path?.Links ?? [],
        })];
    }
}

/// <summary>What the maker of a bundle brings besides the chain's proofs.</summary>
/// <param name="Receipts">Receipts beside the credential; those inside of it are found.</param>
/// <param name="Accreditation">The path of accreditations, if there is one.</param>
/// <param name="StatusLists">The status lists that the credential names, as fetched today.</param>
public sealed record BundleSupplies(IReadOnlyList<AnchorReceipt> Receipts, AccreditationPath? Accreditation, IReadOnlyList<BundledStatusList> StatusLists)
{
    /// <summary>Nothing.</summary>
    public static BundleSupplies None { get; } = new([], null, []);
}
