using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.PortalBackups;

/// <summary>Makes a backup of the portal now.</summary>
public sealed class CreatePortalBackup(IDbContextFactory<PortalDb> databases, PortalBackupStore store, TimeProvider time)
{
    /// <summary>The file, or why not: "passphrase-short", "backup-failed".</summary>
    /// <param name="passphrase">Puts the key in, closed with this; null leaves the key out, which is the safer way.</param>
    public async Task<Result<PortalBackupFile>> RunAsync(Actor actor, string? passphrase, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        var made = await store.MakeAsync(isDaily: false, passphrase, cancel);
        if (!made.IsDone)
            return made;
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.Activity.Add(ActivityEntry.Of(time, actor, Place.Portal, "create-portal-backup", $"Made the portal's backup {made.Value.Name}{(made.Value.HasKey ? ", with the key in it" : "")}"));
        await db.SaveChangesAsync(cancel);
        return made;
    }
}
