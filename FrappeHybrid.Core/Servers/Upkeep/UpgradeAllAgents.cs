using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Provisioning.Upkeep;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers.Upkeep;

/// <summary>
/// Brings the portal's Agent onto every active server that runs another one: one after the other, and no further after the first that fails. All plays are
/// written at once, each waiting for the one before it, so that a restarted portal goes on.
/// </summary>
public sealed class UpgradeAllAgents(IDbContextFactory<PortalDb> databases, PlayKinds kinds, PlayQueue queue, TimeProvider time)
{
    /// <summary>How many servers it will be.</summary>
    public async Task<Result<int>> RunAsync(Actor actor, CancellationToken cancel)
    {
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        if (kinds.Program.Missing() is { } missing)
            return missing;
        var wanted = await kinds.Program.SumAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        Guid? before = null;
        var count = 0;
        foreach (var server in await db.Servers.Where(each => each.State == ServerState.Active && each.AgentProgram != wanted).OrderBy(each => each.Name).ToListAsync(cancel))
        {
            if (await PlayOrders.WhyNotAsync(db, server, cancel) is not null)
                continue;
            var play = kinds.Of(UpgradeAgentKind.Name).NewPlay(NewId.At(time), server, time.GetUtcNow(), before);
            db.Plays.Add(play);
            db.Activity.Add(ActivityEntry.Of(time, actor, server.Place, "upgrade-agent", $"Upgraded the Agent of {server.Name}, together with all others"));
            before = play.Id;
            count++;
        }

        if (count == 0)
            return new Error("agents-current", "Every active server runs this Agent already.", "There is nothing to do.");
        await db.SaveChangesAsync(cancel);
        queue.Wake();
        return count;
    }
}
