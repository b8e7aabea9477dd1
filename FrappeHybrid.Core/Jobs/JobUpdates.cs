using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Jobs;

/// <summary>Changes a job though others change it too: whoever decided on an older state looks again.</summary>
public sealed class JobUpdates(IDbContextFactory<PortalDb> databases, JobEffects effects)
{
    private const int Tries = 10;

    /// <summary>Loads the job, lets <paramref name="change"/> decide, moves its bench or site, saves. False when there is no such job (any more).</summary>
    public async Task<bool> RunAsync(Guid id, Action<Job> change, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            if (await db.JobAsync(id, cancel) is not { } job)
                return false;
            change(job);
            await effects.SettleAsync(db, job, cancel);
            try
            {
                await db.SaveChangesAsync(cancel);
                return true;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Tries)
            {
            }
        }
    }
}
