using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Restores;

/// <summary>What can be restored into a site.</summary>
public sealed class RestoreQueries(IDbContextFactory<PortalDb> databases)
{
    private const int Most = 200;

    /// <summary>The site's own backups first, then those of the team's other sites on its server, each newest first; none when the site is not the actor's to see.</summary>
    public async Task<IReadOnlyList<BackupView>> BackupsForAsync(Actor actor, Guid siteId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var site = await db.Sites.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == siteId, cancel);
        if (site is null)
            return [];
        var rows = await db.Backups.AsNoTracking()
            .Where(backup => backup.ServerId == site.ServerId && backup.TeamId == site.TeamId && backup.State == BackupState.Available)
            .Where(backup => db.Sites.VisibleTo(actor).Any(owner => owner.Id == backup.SiteId && owner.State != SiteState.Trashed && owner.State != SiteState.Archived))
            .OrderByDescending(backup => backup.SiteId == siteId).ThenBy(backup => backup.SiteName).ThenByDescending(backup => backup.TakenAt)
            .Take(Most)
            .ToListAsync(cancel);
        return
        [
            .. rows.Select(row => new BackupView(
                row.Id, row.SiteId, row.SiteId == siteId ? site.Name.Value : row.SiteName.Value, row.Kind, row.State, row.TakenAt, row.SiteTimeZone, row.FrappeVersion, row.DatabaseBytes, row.Bytes,
                row.WithFiles, row.Files, row.JobId, IsNewest: false)),
        ];
    }
}
