using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Restores;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Restores;

/// <summary>A backup that may be restored by a team on a server, and where the Agent finds it now.</summary>
internal sealed record RestoreSource(Backup Backup, BackupPlace Place)
{
    /// <summary>The backup of a site of the same team on the same server; otherwise why it cannot be used.</summary>
    public static async Task<Result<RestoreSource>> FindAsync(PortalDb db, Actor actor, Guid backupId, Guid teamId, Guid serverId, CancellationToken cancel)
    {
        var backup = await db.Backups.AsNoTracking().SingleOrDefaultAsync(each => each.Id == backupId && each.TeamId == teamId, cancel);
        if (backup is not { State: BackupState.Available })
            return new Error("backup-not-found", "There is no such backup.", "Choose another one from the list.");
        if (backup.ServerId != serverId)
            return new Error("other-server", "The backup is on another server.", "Download it, and upload it to the site.");

        // The files are where their site is, which may have moved or been renamed since; those of a dropped site are in its archive.
        var site = await db.Sites.AsNoTracking().SingleAsync(each => each.Id == backup.SiteId, cancel);
        if (actor.Refuse(Capability.ManageSites, site) is { } refused)
            return refused;
        if (site.State is SiteState.Trashed or SiteState.Archived)
            return new Error("backup-in-trash", $"The backup belongs to {site.Name}, which was dropped.", "Bring that site back first.");
        var bench = await db.Benches.Where(each => each.Id == site.BenchId).Select(each => each.Name).SingleAsync(cancel);
        return new RestoreSource(backup, new BackupPlace(bench, site.Name, backup.Id));
    }
}
