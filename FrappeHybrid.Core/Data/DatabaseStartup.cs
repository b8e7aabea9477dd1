using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Data;

/// <summary>Brings the portal's file to the newest schema before anything else starts.</summary>
public sealed class DatabaseStartup(IDbContextFactory<PortalDb> databases, CoreOptions options)
{
    /// <summary>Migrates. A migration that was killed leaves its lock row behind, which would hang every later start: one process owns the file, so the row is stale and goes.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(options.DataFolderPath);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var hasLockTable = await db.Database.SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancel);
        if (hasLockTable > 0)
            await db.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", cancel);
        await db.Database.MigrateAsync(cancel);
        await KeepActivityAsync(db, cancel);
    }

    // Each start: a migration that rebuilds the table would take them away. Who writes the file with another program can, too; that is what the seals are for.
    private static async Task KeepActivityAsync(PortalDb db, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync(
            $"CREATE TRIGGER IF NOT EXISTS ActivityIsNotChanged BEFORE UPDATE ON Activity WHEN OLD.Number > 0 BEGIN SELECT RAISE(ABORT, 'The record of activity is append-only.'); END", cancel);
        await db.Database.ExecuteSqlAsync($"CREATE TRIGGER IF NOT EXISTS ActivityIsNotDeleted BEFORE DELETE ON Activity BEGIN SELECT RAISE(ABORT, 'The record of activity is append-only.'); END", cancel);
    }
}
