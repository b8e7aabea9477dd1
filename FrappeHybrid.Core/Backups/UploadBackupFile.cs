using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Backups;

/// <summary>Passes one file of an upload on to the site's server, as it comes. Nothing is a backup before <see cref="KeepUpload"/>; what is never kept goes after a day.</summary>
public sealed class UploadBackupFile(IDbContextFactory<PortalDb> databases, BackupAgent agent)
{
    /// <summary>Size and checksum of what arrived on the server.</summary>
    public async Task<Result<BackupFile>> RunAsync(Actor actor, Guid siteId, Guid uploadId, BackupFileKind kind, Stream content, long? length, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var (site, bench) = found.Value;
        if (!site.IsServing)
            return SiteOrders.NotServing(site);
        var server = await db.Servers.AsNoTracking().SingleAsync(each => each.Id == site.ServerId, cancel);
        try
        {
            return await agent.UploadAsync(server, bench.Name, site.Name, uploadId, kind, content, length, cancel);
        }
        catch (AgentException exception)
        {
            return exception.Error;
        }
    }
}
