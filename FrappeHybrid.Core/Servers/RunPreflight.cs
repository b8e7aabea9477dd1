using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers.Preflight;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers;

/// <summary>Asks for a pre-flight: the rows appear as waiting at once, and are filled in as the checks come in.</summary>
public sealed class RunPreflight(IDbContextFactory<PortalDb> databases, PreflightQueue queue, TimeProvider time)
{
    /// <summary>All checks.</summary>
    public Task<Result> RunAsync(Actor actor, Guid serverId, CancellationToken cancel) => RunAsync(actor, serverId, null, cancel);

    /// <summary>One row again, after it was mended; all of them when null.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid serverId, string? rowKey, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await ServerAccess.FindAsync(db, actor, serverId, cancel);
        if (!found.IsDone)
            return found.Error;
        var server = found.Value;
        if (server.Address.Length == 0)
            return ScanHostKey.NoAddress;
        if (server.HostKey is null)
            return new Error("host-key-missing", "The server's host key has not been confirmed.", "Look at the fingerprint and confirm it first.");
        if (rowKey is not null && PreflightChecks.Find(rowKey) is null)
            return Error.NotFound;

        var report = await db.PreflightReports.SingleOrDefaultAsync(each => each.Id == serverId, cancel);
        if (report is null)
            db.PreflightReports.Add(report = new PreflightReport { Id = serverId, TeamId = server.TeamId, StartedAt = time.GetUtcNow() });
        if (report.FinishedAt is null && report.Rows.Count > 0)
            return new Error("preflight-running", "The server is being checked right now.", "Wait for the rows to fill.");

        // A report of an older portal may have other rows.
        var isComplete = report.Rows.Count == PreflightChecks.All.Count && report.Rows.TrueForAll(row => PreflightChecks.Find(row.Key) is not null);
        var only = isComplete ? rowKey : null;
        PreflightChecks.Reset(report, only);
        report.StartedAt = time.GetUtcNow();
        report.FinishedAt = null;
        db.Activity.Add(ActivityEntry.Of(time, actor, server.Place, "run-preflight", only is null ? $"Checked whether {server.Name} can be set up" : $"Checked {server.Name} again: {only}"));
        await db.SaveChangesAsync(cancel);
        queue.Add(new PreflightRequest(serverId, only));
        return Result.Done;
    }
}
