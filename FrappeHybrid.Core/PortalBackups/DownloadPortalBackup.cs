using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.PortalBackups;

/// <summary>Opens one of the portal's backups of itself for the operator, and writes down who took it: all of the portal's data leaves the box with it.</summary>
public sealed class DownloadPortalBackup(IDbContextFactory<PortalDb> databases, PortalBackupStore store, TimeProvider time)
{
    /// <summary>The file, opened; the caller closes it.</summary>
    public async Task<Result<FileStream>> RunAsync(Actor actor, string name, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        if (store.Find(name) is not { } file)
            return Error.NotFound;
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Activity.Add(ActivityEntry.Of(time, actor, Place.Portal, "download-portal-backup", $"Downloaded the portal's backup {file.Name}"));
        await db.SaveChangesAsync(cancel);
        try
        {
            return new FileStream(store.PathOf(file.Name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (FileNotFoundException)
        {
            return Error.NotFound;
        }
    }
}
