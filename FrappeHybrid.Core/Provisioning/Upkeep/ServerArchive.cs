using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Provisioning.Upkeep;

/// <summary>Takes a server with all that is on it out of the portal's rows, in the caller's save.</summary>
internal static class ServerArchive
{
    /// <summary>Archives the server, its benches and its sites, and ends its jobs.</summary>
    /// <param name="why">For whoever looks at them later.</param>
    public static async Task ArchiveAsync(PortalDb db, Server server, string why, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var site in await db.Sites.Where(each => each.ServerId == server.Id && each.State != SiteState.Archived).ToListAsync(cancel))
            site.LeaveWithServer(why);
        foreach (var bench in await db.Benches.Where(each => each.ServerId == server.Id && each.State != BenchState.Archived).ToListAsync(cancel))
            bench.LeaveWithServer(why);
        foreach (var job in await db.Jobs.Include(each => each.Steps).Where(each => each.ServerId == server.Id && (each.State == RunState.Undelivered || each.State == RunState.Pending || each.State == RunState.Running)).ToListAsync(cancel))
        {
            job.Become(job.State is RunState.Undelivered ? RunState.DeliveryFailure : RunState.Failure);
            job.FinishedAt = now;
            (job.ErrorCode, job.ErrorMessage) = ("server-taken-out", why);
        }

        server.Become(ServerState.Archived, why);
        server.AgentFingerprint = null;
    }
}
