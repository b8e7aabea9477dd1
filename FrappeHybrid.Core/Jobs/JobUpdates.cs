using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Jobs;

/// <summary>Changes a job though others change it too: whoever decided on an older state looks again.</summary>
internal static class JobUpdates
{
    private const int Tries = 10;

    /// <summary>Loads the job, lets <paramref name="change"/> decide, moves its bench or site, saves. False when there is no such job (any more).</summary>
    public static async Task<bool> UpdateJobAsync(this IDbContextFactory<PortalDb> databases, Guid id, Action<Job> change, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            if (await db.JobAsync(id, cancel) is not { } job)
                return false;
            change(job);
            await db.SettleAsync(job, cancel);
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
