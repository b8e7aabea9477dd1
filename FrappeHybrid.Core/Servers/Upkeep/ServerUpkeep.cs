using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers.Upkeep;

/// <summary>What the pages of a server's upkeep ask: its disk, what could be cleaned up, whether its Agent is the portal's own. Asks the Agent, stores nothing.</summary>
public sealed class ServerUpkeep(IDbContextFactory<PortalDb> databases, AgentClient agents, PlayKinds kinds)
{
    /// <summary>What the disk is used for, with the pages of what is on it.</summary>
    /// <param name="refresh">Has it measured anew.</param>
    public async Task<Result<DiskView>> DiskAsync(Actor actor, Guid serverId, bool refresh, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await FindAsync(db, actor, serverId, cancel) is not { } server || !actor.MaySeeAllOf(server.Place))
            return Error.NotFound;
        if (server.AgentFingerprint is null)
            return NoAgent(server);
        try
        {
            var use = await agents.DiskUseAsync(server, refresh, cancel);
            var benches = await db.Benches.AsNoTracking().Where(bench => bench.ServerId == serverId && bench.State != Benches.BenchState.Archived).ToListAsync(cancel);
            var sites = await db.Sites.AsNoTracking().Where(site => site.ServerId == serverId && site.State != Sites.SiteState.Archived).ToListAsync(cancel);
            return new DiskView(
                use,
                benches.GroupBy(bench => bench.Name.Value).ToDictionary(group => group.Key, group => group.First().Id, StringComparer.Ordinal),
                sites.GroupBy(site => site.Name.Value).ToDictionary(group => group.Key, group => group.First().Id, StringComparer.Ordinal));
        }
        catch (AgentException exception)
        {
            return exception.Error;
        }
    }

    /// <summary>What a clean-up would take away now.</summary>
    public async Task<Result<CleanUpPlan>> CleanUpPlanAsync(Actor actor, Guid serverId, int? archivedDays, int jobDays, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await FindAsync(db, actor, serverId, cancel) is not { } server || !actor.MaySeeAllOf(server.Place))
            return Error.NotFound;
        if (server.AgentFingerprint is null)
            return NoAgent(server);
        try
        {
            return await agents.CleanUpPlanAsync(server, archivedDays, jobDays, cancel);
        }
        catch (AgentException exception)
        {
            return exception.Error;
        }
    }

    /// <summary>The newest clean-up of the server; null when there was none or it is not the actor's to see.</summary>
    public async Task<Guid?> LastCleanUpAsync(Actor actor, Guid serverId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var type = ServerJobTypes.CleanUp.Key;
        return await db.Jobs.AsNoTracking().VisibleTo(actor).Where(job => job.ServerId == serverId && job.Type == type).OrderByDescending(job => job.CreatedAt).Select(job => (Guid?)job.Id).FirstOrDefaultAsync(cancel);
    }

    /// <summary>The server runs another Agent than the one the portal brings; false while nothing is known of either.</summary>
    public async Task<bool> IsOutdatedAsync(ServerView server, CancellationToken cancel) =>
        server is { AgentVersion: not null } && kinds.Program.Missing() is null && !string.Equals(server.AgentProgram, await kinds.Program.SumAsync(cancel), StringComparison.OrdinalIgnoreCase);

    private static Task<Server?> FindAsync(PortalDb db, Actor actor, Guid serverId, CancellationToken cancel) =>
        db.Servers.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == serverId, cancel);

    private static Error NoAgent(Server server) => new("server-without-agent", $"The server {server.Name} has no Agent.", "Set the server up first.");
}
