using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Backups;

/// <summary>Opens what a download link stands for; the link is used up by it.</summary>
public sealed class DownloadBackup(IDbContextFactory<PortalDb> databases, BackupAgent agent, TimeProvider time)
{
    /// <summary>What anybody is told whose link does not work (any more).</summary>
    public static readonly Error LinkInvalid = new("download-link-invalid", "This download link has been used, is too old, or is not yours.", "Open the site's backups and press Download again.");

    /// <summary>The file, on its way; the caller disposes of it.</summary>
    public async Task<Result<OpenedBackupFile>> RunAsync(Actor actor, string token, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var hash = CreateDownloadLink.Hash(token);
        var link = token.Length == 64 ? await db.BackupDownloads.AsNoTracking().SingleOrDefaultAsync(each => each.TokenHash == hash && each.UserId == actor.UserId, cancel) : null;
        if (link is null)
            return Error.NotFound;

        // One statement deletes it once: of two that come together one goes on.
        var taken = await db.BackupDownloads.Where(each => each.Id == link.Id).ExecuteDeleteAsync(cancel);
        if (taken == 0 || link.ExpiresAt <= time.GetUtcNow())
            return LinkInvalid;
        var backup = await db.Backups.AsNoTracking().SingleOrDefaultAsync(each => each.Id == link.BackupId, cancel);
        if (backup?.Files.FirstOrDefault(each => each.Kind == link.Kind) is not { } file)
            return LinkInvalid;
        var site = await db.Sites.AsNoTracking().SingleAsync(each => each.Id == backup.SiteId, cancel);
        if (actor.Refuse(Capability.ManageSites, site) is { } refused)
            return refused;
        var bench = await db.Benches.AsNoTracking().SingleAsync(each => each.Id == site.BenchId, cancel);
        var server = await db.Servers.AsNoTracking().SingleAsync(each => each.Id == site.ServerId, cancel);
        try
        {
            var answer = await agent.OpenAsync(server, bench.Name, site.Name, backup.Id, link.Kind, cancel);
            db.Activity.Add(ActivityEntry.Of(time, actor, site.Place, "download-backup", $"Downloaded {CreateDownloadLink.Words(link.Kind)} of the backup of {backup.SiteName} taken at {backup.TakenAt:yyyy-MM-dd HH:mm} UTC"));
            await db.SaveChangesAsync(cancel);
            return new OpenedBackupFile(file, answer);
        }
        catch (AgentException exception)
        {
            return exception.Error;
        }
    }
}
