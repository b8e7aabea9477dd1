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
    }
}
