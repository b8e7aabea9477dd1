using FrappeHybrid.Core.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Data;

/// <summary>Takes away what nobody needs any more, a little at a time, so that the one file does not grow for ever.</summary>
public sealed class Housekeeping(IDbContextFactory<PortalDb> databases, TimeProvider time, ILogger<Housekeeping> logger)
{
    /// <summary>How long the output of ended plays and jobs is kept; the runs themselves stay.</summary>
    public static readonly TimeSpan KeepOutput = TimeSpan.FromDays(90);

    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    /// <summary>Now and then, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            await RunOnceAsync(cancel);
            await Task.Delay(Interval, time, cancel);
        }
    }

    /// <summary>Once; returns how many rows went.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow();
        var before = now - KeepOutput;
        var outputs = await db.RunOutputs
            .Where(output => db.Jobs.Any(job => job.Id == output.RunId && job.FinishedAt != null && job.FinishedAt < before)
                || db.Plays.Any(play => play.Id == output.RunId && play.FinishedAt != null && play.FinishedAt < before && play.State != RunState.Failure))
            .ExecuteDeleteAsync(cancel);
        var links = await db.SignInLinks.Where(link => link.ExpiresAt < now).ExecuteDeleteAsync(cancel);
        if (outputs + links > 0)
            logger.LogInformation("Housekeeping took away {Outputs} pieces of output and {Links} sign-in links", outputs, links);
        return outputs + links;
    }
}
