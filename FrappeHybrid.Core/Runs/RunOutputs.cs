using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Runs;

/// <summary>Reads the stored output of plays and jobs.</summary>
public sealed class RunOutputs(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The pieces of one step after a known piece (0 for all), oldest first. The caller has already asked for the run itself, which checks who may see it.</summary>
    public async Task<IReadOnlyList<RunOutput>> AfterAsync(Guid runId, string stepKey, long afterId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.RunOutputs.AsNoTracking()
            .Where(output => output.RunId == runId && output.StepKey == stepKey && output.Id > afterId)
            .OrderBy(output => output.Id)
            .ToListAsync(cancel);
    }
}
