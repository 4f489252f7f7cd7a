using System.Data.Common;
using System.Numerics;
using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Tests.Storage;
using Credentials.TestKit.Ledger;
using Dapper;
using Microsoft.AspNetCore.DataProtection;

namespace Credentials.IssuerApi.Tests.Anchoring.Lab;

/// <summary>A real database in a folder of its own, a chain in memory with the registry on it, and one process of the issuer after the other.</summary>
internal sealed class AnchoringLab : IDisposable
{
    private const int MostRounds = 60;

    // In memory where there is such a folder: thousands of commits wait for no disk.
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "anchoring-" + Guid.NewGuid().ToString("N"))).FullName;
    private readonly EphemeralDataProtectionProvider _keys = new();

    private ulong _start;

    private AnchoringLab()
    {
        Database = TestStorage.Open(_folder);
        Chain = new InMemoryLedger(4242, Clock);
        Recorder = new ChainRecorder(Chain);
    }

    public ManualClock Clock { get; } = new();

    public IDatabase Database { get; }

    public InMemoryLedger Chain { get; }

    public ChainRecorder Recorder { get; }

    public AnchoringOptions Options { get; } = new() { ReplaceAfterPolls = 4 };

    public TrustedChain Registry { get; set; } = null!;

    public IssuerProcess Process { get; private set; } = null!;

    public EthereumAddress Account { get; private set; }

    /// <summary>How often a process died.</summary>
    public int Deaths { get; private set; }

    public static async Task<AnchoringLab> CreateAsync(CrashPoint? crash = null)
    {
        AnchoringLab lab = new();
        lab.Registry = await lab.Chain.DeployRegistryAsync();
        lab.Start();
        lab.Account = await lab.Process.Get<ChainAccounts>().GetAddressAsync(CancellationToken.None);
        lab.Chain.Fund(lab.Account, BigInteger.Pow(10, 20));
        lab._start = await lab.HeightAsync();
        lab.Start(crash);
        return lab;
    }

    /// <summary>With an institution and a sealed batch of three, neither sent yet.</summary>
    public static async Task<AnchoringLab> CreateSealedAsync()
    {
        AnchoringLab lab = await CreateAsync();
        await lab.CreateInstitutionAsync("coimbra");
        await lab.IssueAsync("coimbra", 3);
        lab.Clock.Advance(lab.Options.MaxBatchAge);
        await lab.Process.SealAsync();
        return lab;
    }

    /// <summary>Ends the process, if one runs, and starts another on the same database.</summary>
    public void Start(CrashPoint? crash = null)
    {
        crash ??= CrashPoint.Never;
        Process?.Dispose();
        Process = new IssuerProcess(new CrashingDatabase(Database, crash), new CrashingLedger(Recorder, crash), Registry, _keys, Options, Clock);
    }

    /// <summary>A process that was given another chain.</summary>
    public IssuerProcess StartOn(ILedger ledger) => new(Database, ledger, Registry, _keys, Options, Clock);

    /// <summary>A process beside the other on the same database and chain.</summary>
    public IssuerProcess StartBeside(IChainSigner? signer = null) => new(Database, Recorder, Registry, _keys, Options, Clock, signer);

    /// <summary>Takes one step; when the process dies in it, starts the next one.</summary>
    public async Task<Stall?> StepAsync(Func<IssuerProcess, Task<Stall?>> step)
    {
        try
        {
            return await step(Process);
        }
        catch (ProcessDiedException)
        {
            Deaths++;
            Start();
            return null;
        }
        catch (LedgerUnavailableException fault)
        {
            return new Stall(StallKind.Unreachable, fault.Message);
        }
    }

    /// <summary>What the three workers do between two blocks, and the block.</summary>
    public async Task RoundAsync()
    {
        Clock.Advance(Options.MaxBatchAge + TimeSpan.FromSeconds(1));
        await StepAsync(process => process.SealAsync());
        await StepAsync(process => process.SendAsync());
        MineOne();
        await StepAsync(process => process.FollowAsync());
    }

    /// <summary>A block, if there is a chain, and what waits pays its price.</summary>
    public void MineOne()
    {
        if (!Chain.Unplugged && Recorder.BaseFee <= Recorder.NewestFee)
        {
            Chain.Mine();
        }
    }

    /// <summary>Takes back the newest blocks, final ones too, but never the registry itself.</summary>
    public async Task ReorganiseAsync(int depth, bool returnToPool)
    {
        int most = (int)(await HeightAsync() - _start);
        if (most > 0)
        {
            Chain.Reorganise(Math.Min(depth, most), returnToPool);
        }
    }

    /// <summary>Rounds until nothing waits any more.</summary>
    public async Task SettleAsync()
    {
        for (int round = 0; round < MostRounds; round++)
        {
            await RoundAsync();
            if (await IsSettledAsync())
            {
                return;
            }
        }

        Assert.Fail($"Not settled after {MostRounds} rounds: {string.Join(", ", await QueryAsync<string>("SELECT id || ' ' || purpose || ' ' || state || ' ' || coalesce(problem, '') FROM transactions WHERE state <> 'finalized'"))}");
    }

    public async Task<bool> IsSettledAsync() =>
        await QueryOneAsync<long>("SELECT (SELECT count(*) FROM credentials WHERE anchor_batch_id IS NULL) + (SELECT count(*) FROM transactions WHERE state NOT IN ('finalized', 'failed', 'cancelled'))") == 0;

    public Task<T> QueryOneAsync<T>(string sql, object? parameters = null) => Database.ReadAsync(connection => connection.QuerySingleAsync<T>(sql, parameters), CancellationToken.None);

    public Task<IEnumerable<T>> QueryAsync<T>(string sql) => Database.ReadAsync(connection => connection.QueryAsync<T>(sql), CancellationToken.None);

    /// <summary>An institution of our account, to be created on the chain.</summary>
    public async Task<InstitutionId> CreateInstitutionAsync(string slug)
    {
        byte[] nonce = RandomNumberGenerator.GetBytes(16);
        UInt128 number = RegistryHandle.From(nonce).Value;
        InstitutionId id = CredentialRegistryContract.InstitutionIdOf(Account, number);
        await WriteAsync(async write =>
        {
            await write.Connection!.ExecuteAsync(
                """
                INSERT INTO institutions (id, did, name, country, chain_institution, chain_nonce, account, created_at) VALUES (@slug, 'did:example:' || @slug, @slug, 'PT', @chain, @nonce, @account, @now);
                INSERT INTO status_lists (id, institution_id, allocated, allocated_count, revocation_bits, suspension_bits, version, created_at) VALUES (@slug, @slug, @none, 0, @none, @none, 1, @now)
                """,
                new { slug, chain = id.Value.ToArray(), nonce, account = Account.ToArray(), none = Array.Empty<byte>(), now = Now },
                write);
            await Outbox.EnqueueAsync(write, OutboxItem.CreateInstitution(slug, Registry.Contract, number, Account));
        });
        return id;
    }

    /// <summary>Signed credentials, as far as anchoring knows them: accepted when this returns.</summary>
    public Task IssueAsync(string slug, int count) => WriteAsync(write => write.Connection!.ExecuteAsync(
        """
        INSERT INTO credentials (id, institution_id, credential_id, document, digest, handle, status_list_id, status_index, created_at)
        VALUES (@id, @slug, @id, @digest, @digest, @handle, @slug, (SELECT count(*) FROM credentials), @now)
        """,
        Enumerable.Range(0, count).Select(_ => new { id = Guid.NewGuid().ToString(), slug, digest = RandomNumberGenerator.GetBytes(32), handle = RandomNumberGenerator.GetBytes(16), now = Now }),
        write));

    /// <summary>Any call of the registry.</summary>
    public async Task CallAsync(string purpose, string slug, byte[] data) =>
        await WriteAsync(write => Outbox.EnqueueAsync(write, OutboxItem.Call(purpose, slug, Registry.Contract, data)));

    public Task RevokeAsync(string slug, InstitutionId institution, RegistryHandle handle) =>
        WriteAsync(write => Outbox.EnqueueAsync(write, OutboxItem.Revoke(slug, Registry.Contract, institution, handle)));

    public Task WriteAsync(Func<DbTransaction, Task> write) => Database.WriteAsync(
        async transaction =>
        {
            await write(transaction);
            return 0;
        },
        CancellationToken.None);

    public void Dispose()
    {
        Process?.Dispose();
        Database.Close();
        TestStorage.Drop(_folder);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<ulong> HeightAsync()
    {
        bool unplugged = Chain.Unplugged;
        Chain.Unplugged = false;
        BlockHeader? head = await Chain.GetBlockAsync(BlockTag.Latest, CancellationToken.None);
        Chain.Unplugged = unplugged;
        return head!.Number;
    }

    private TransactionOutbox Outbox => new(Clock);

    private long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();
}
