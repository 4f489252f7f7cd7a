using System.Net.Http.Json;
using System.Text.Json;
using Credentials.Anchoring;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Credentials.EndToEnd.World;

/// <summary>What the chain, and the issuer's own nonce log, say happened.</summary>
internal static class ChainHistory
{
    // keccak-256 of Anchored(bytes32,bytes32).
    private const string AnchoredTopic = "0xa34b8972ff170527846956acf8a20640ac6f8829b9c748bb92ccccddd797c1f8";

    /// <summary>Every root that was ever anchored, by the contract's events from the first block on.</summary>
    public static async Task<IReadOnlyList<MerkleRoot>> ReadAnchoredRootsAsync(LocalWorld world)
    {
        using HttpClient http = new();
        object filter = new { fromBlock = "0x0", toBlock = "latest", address = world.Registry.Contract.ToString(), topics = new[] { AnchoredTopic } };
        using HttpResponseMessage answer = await http.PostAsJsonAsync(world.ChainUrl, new { jsonrpc = "2.0", id = 1, method = "eth_getLogs", @params = new[] { filter } });
        JsonElement logs = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("result");
        return [.. logs.EnumerateArray().Select(log => MerkleRoot.TryParse(log.GetProperty("topics")[2].GetString(), out MerkleRoot root) ? root : default)];
    }

    /// <summary>How many credentials there are in all.</summary>
    public static async Task<int> CountCredentialsAsync(LocalWorld world)
    {
        await using SqliteConnection database = Open(world);
        return await database.ExecuteScalarAsync<int>("SELECT count(*) FROM credentials");
    }

    /// <summary>The nonces that the issuer gave out, in order.</summary>
    public static async Task<IReadOnlyList<long>> ReadNonceLogAsync(LocalWorld world)
    {
        await using SqliteConnection database = Open(world);
        return [.. await database.QueryAsync<long>("SELECT nonce FROM transactions WHERE nonce IS NOT NULL ORDER BY nonce")];
    }

    private static SqliteConnection Open(LocalWorld world) =>
        new(new SqliteConnectionStringBuilder { DataSource = world.DatabaseFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
}
