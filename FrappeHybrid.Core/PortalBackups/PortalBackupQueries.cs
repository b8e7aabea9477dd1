using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.PortalBackups;

/// <summary>What the operator's page shows.</summary>
public sealed class PortalBackupQueries(PortalBackupStore store, PortalBackupKeeper keeper, PortalBackupOptions settings, CoreOptions options)
{
    /// <summary>Everything; null when the actor does not run the portal.</summary>
    public async Task<PortalBackupOverview?> FindAsync(Actor actor, CancellationToken cancel)
    {
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is not null)
            return null;
        return new PortalBackupOverview(
            await Task.Run(store.List, cancel),
            keeper.NextAt,
            keeper.Problem,
            Math.Max(1, settings.Keep),
            options.BackupsPath,
            options.KeyFilePath,
            options.KeyFilePath.StartsWith(options.DataFolderPath.TrimEnd('/') + "/", StringComparison.Ordinal));
    }
}
