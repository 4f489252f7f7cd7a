using System.Data.Common;
using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Succession;

/// <summary>Who succeeds an institution, and whom it succeeds, as this issuer was told. What holds is what the registry has.</summary>
/// <param name="Proposed">Id in the registry of the institution that was offered to succeed this one; absent when none was, or the offer was withdrawn.</param>
/// <param name="ProposalState">How far the latest offer or withdrawal has come.</param>
/// <param name="Predecessors">Institutions whose succession this one accepted.</param>
internal sealed record SuccessionInfo(string? Proposed, string? ProposalState, IReadOnlyList<Predecessor> Predecessors);

/// <summary>An institution that this one succeeds.</summary>
/// <param name="Institution">Its id in the registry.</param>
/// <param name="State">How far the acceptance has come; failed when the registry refuses it: it was not offered.</param>
/// <param name="Problem">What stands in its way.</param>
internal sealed record Predecessor(string Institution, string State, string? Problem);

/// <summary>Reads successions out of the outbox: it holds every offer and acceptance, in their order.</summary>
internal sealed class SuccessionStore(IDatabase database, TrustedChain chain)
{
    private const int Selector = 4;
    private const int Word = 32;

    private const string Select = """
        SELECT purpose AS Purpose, data AS Data, CASE WHEN state = 'leased' OR (state = 'submitted' AND sent_at IS NULL) THEN 'queued' ELSE state END AS State, problem AS Problem
        FROM transactions WHERE institution_id = @InstitutionId AND destination = @Destination AND purpose IN ('propose-successor', 'accept-succession') ORDER BY id DESC
        """;

    /// <summary>Null when there never was an offer or an acceptance.</summary>
    public Task<SuccessionInfo?> DescribeAsync(Institution institution, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => DescribeAsync(connection, null, institution), cancellationToken);

    /// <inheritdoc cref="DescribeAsync(Institution, CancellationToken)"/>
    public Task<SuccessionInfo?> DescribeAsync(DbTransaction transaction, Institution institution) => DescribeAsync(transaction.Connection!, transaction, institution);

    private async Task<SuccessionInfo?> DescribeAsync(DbConnection connection, DbTransaction? transaction, Institution institution)
    {
        Row[] rows = [.. await connection.QueryAsync<Row>(Select, new { InstitutionId = institution.Id, Destination = chain.Contract.ToArray() }, transaction)];
        if (rows.Length == 0)
        {
            return null;
        }

        // proposeSuccessor(institution, successor), acceptSuccession(institution, successor): the call data is our own.
        Row? proposal = rows.FirstOrDefault(row => row.Purpose == "propose-successor");
        InstitutionId proposed = proposal is null ? default : InstitutionId.From(proposal.Data.AsSpan(Selector + Word, Word));
        return new SuccessionInfo(
            proposed == default ? null : proposed.ToString(),
            proposal?.State,
            [.. rows.Where(row => row.Purpose == "accept-succession")
                .Select(row => new Predecessor(InstitutionId.From(row.Data.AsSpan(Selector, Word)).ToString(), row.State, row.Problem)).DistinctBy(row => row.Institution)]);
    }

    private sealed class Row
    {
        public required string Purpose { get; init; }

        public required byte[] Data { get; init; }

        public required string State { get; init; }

        public string? Problem { get; init; }
    }
}
