using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.PortalBackups;

/// <summary>Deletes one of the portal's backups of itself.</summary>
public sealed class DeletePortalBackup(IDbContextFactory<PortalDb> databases, PortalBackupStore store, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, string name, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        if (store.Find(name) is not { } file)
            return Error.NotFound;
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Activity.Add(ActivityEntry.Of(time, actor, Place.Portal, "delete-portal-backup", $"Deleted the portal's backup {file.Name}"));
        await db.SaveChangesAsync(cancel);
        store.Delete(file);
        return Result.Done;
    }
}
