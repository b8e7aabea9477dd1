using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Benches;

/// <summary>How a bench's services are right now: asks the Agent, stores nothing.</summary>
public sealed class BenchStatus(IDbContextFactory<PortalDb> databases, AgentClient agents)
{
    /// <summary>The bench as it is on the server; a typed error within a few seconds when the Agent does not answer.</summary>
    public async Task<Result<BenchInfo>> GetAsync(Actor actor, Guid benchId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var bench = await db.Benches.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == benchId, cancel);
        if (bench is null)
            return Error.NotFound;
        if (bench.State is not BenchState.Active)
            return new Error("bench-not-active", $"The bench {bench.Name} does not run: it is {bench.State.ToString().ToLowerInvariant()}.");
        var server = await db.Servers.AsNoTracking().SingleAsync(each => each.Id == bench.ServerId, cancel);
        try
        {
            return await agents.BenchAsync(server, bench.Name, cancel);
        }
        catch (AgentException exception)
        {
            return exception.Error;
        }
    }
}
