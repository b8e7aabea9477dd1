using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Backups;

/// <summary>Makes the token of a download: for this person, one file, once, within five minutes.</summary>
public sealed class CreateDownloadLink(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>How long a token works.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(5);

    /// <summary>The token; it is given once and stored nowhere.</summary>
    public async Task<Result<string>> RunAsync(Actor actor, Guid backupId, BackupFileKind kind, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var backup = await db.Backups.AsNoTracking().SingleOrDefaultAsync(each => each.Id == backupId, cancel);
        if (backup is null)
            return Error.NotFound;

        // Everything of the site is in it, passwords' keys included: looking at the list is not enough.
        var site = await db.Sites.AsNoTracking().SingleAsync(each => each.Id == backup.SiteId, cancel);
        if (actor.Refuse(Capability.ManageSites, site) is { } refused)
            return refused;
        if (backup.State is not BackupState.Available || backup.Files.All(file => file.Kind != kind))
            return new Error("backup-file-missing", "This backup has no such file, or it is being deleted.", "Look at the list again.");

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        db.BackupDownloads.Add(new BackupDownload { Id = NewId.At(time), TokenHash = Hash(token), BackupId = backup.Id, Kind = kind, UserId = actor.UserId, ExpiresAt = time.GetUtcNow() + ValidFor });
        db.Activity.Add(ActivityEntry.Of(time, actor, site.Place, "create-download-link", $"Asked to download {Words(kind)} of the backup of {backup.SiteName} taken at {backup.TakenAt:yyyy-MM-dd HH:mm} UTC"));
        await db.SaveChangesAsync(cancel);
        return token;
    }

    internal static string Hash(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    internal static string Words(BackupFileKind kind) => kind switch
    {
        BackupFileKind.Database => "the database",
        BackupFileKind.PublicFiles => "the public files",
        BackupFileKind.PrivateFiles => "the private files",
        BackupFileKind.SiteConfig => "the site's configuration",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a file of a backup."),
    };
}
