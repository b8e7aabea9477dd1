using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Releases;

/// <summary>Brings a release's image to a server: tests that servers can pull it, and saves the next bench there the wait.</summary>
public sealed class PullRelease(IDbContextFactory<PortalDb> databases, JobFactory jobs, JobOrders orders, RegistrySignIns signIns, TimeProvider time)
{
    /// <summary>The job's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid releaseId, Guid serverId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        var release = await db.Releases.SingleOrDefaultAsync(each => each.Id == releaseId, cancel);
        var server = await db.Servers.SingleOrDefaultAsync(each => each.Id == serverId, cancel);
        if (release is null || server is null)
            return Error.NotFound;
        if (server.State is not ServerState.Active)
            return new Error("server-not-active", $"The server {server.Name} cannot pull now: it is {server.State.ToString().ToLowerInvariant()}.", "Choose one that is active.");
        var request = new PullImageRequest(release.Image, await signIns.ForAsync(db, [release.Image], cancel));
        var job = jobs.ForServer(BenchJobTypes.PullImage, server, BenchPaths.PullImage, request, BenchWorkJson.Default.PullImageRequest);
        return await orders.PlaceAsync(
            db, job, ActivityEntry.Of(time, actor, server.Place, "pull-release", $"Pulled the release {release.Name} to {server.Name}", release.Id), cancel);
    }
}
