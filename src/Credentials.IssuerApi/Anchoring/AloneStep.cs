using Credentials.IssuerApi.Storage;

namespace Credentials.IssuerApi.Anchoring;

/// <summary>A worker's step that of all processes on one database only one takes at a time.</summary>
internal sealed class AloneStep(IDatabase database, string name, Func<CancellationToken, Task<Stall?>> step)
{
    private Stall? _last;

    /// <summary>Takes it; when another process is at it, all is as it was when this one last looked.</summary>
    public async Task<Stall?> TakeAsync(CancellationToken cancellationToken)
    {
        await database.TryAloneAsync("anchoring:" + name, async held => _last = await step(held), cancellationToken);
        return _last;
    }
}
