using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Releases;

/// <summary>What pages ask about releases; every signed-in user may see what is offered, the operator the whole catalogue.</summary>
public sealed class ReleaseQueries(IDbContextFactory<PortalDb> databases, RegistrySignIns signIns)
{
    /// <summary>What is offered for new benches, newest version first.</summary>
    public async Task<IReadOnlyList<Release>> OfferedAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var releases = await db.Releases.AsNoTracking().Where(release => release.IsEnabled).ToListAsync(cancel);
        return [.. releases.OrderByDescending(release => ValueOf(release.Version))];
    }

    /// <summary>All releases, those that are offered first, newest version first; nothing for anybody but the operator.</summary>
    public async Task<IReadOnlyList<ReleaseView>> ListAsync(Actor actor, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Capability.OperatePortal, Place.Portal))
            return [];
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await db.Releases.AsNoTracking()
            .Select(release => new
            {
                Release = release,
                Benches = db.Benches.Count(bench => bench.ReleaseId == release.Id && bench.State != BenchState.Archived),
                IsUsed = db.Benches.Any(bench => bench.ReleaseId == release.Id),
            })
            .ToListAsync(cancel);
        return
        [
            .. rows.OrderByDescending(row => row.Release.IsEnabled).ThenByDescending(row => ValueOf(row.Release.Version)).Select(row => new ReleaseView(
                row.Release.Id,
                row.Release.Name,
                row.Release.Version,
                row.Release.Image.Value,
                row.Release.Apps,
                row.Release.Digest,
                row.Release.DigestSeenAt,
                row.Release.IsEnabled,
                row.Release.IsConfigured,
                row.Benches,
                !row.IsUsed)),
        ];
    }

    /// <summary>The registries that the portal signs in to, by host; nothing for anybody but the operator.</summary>
    public async Task<IReadOnlyList<ImageRegistryView>> RegistriesAsync(Actor actor, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Capability.OperatePortal, Place.Portal))
            return [];
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await db.ImageRegistries.AsNoTracking().OrderBy(registry => registry.Host).ToListAsync(cancel);
        var views = rows.ConvertAll(row => new ImageRegistryView(row.Id, row.Host, row.UserName, row.AcceptedAt));
        if (signIns.Configured is { } configured && views.TrueForAll(view => view.Host != configured.Registry))
            views.Add(new ImageRegistryView(null, configured.Registry, configured.UserName, null));
        return views;
    }

    private static Version ValueOf(string text) => System.Version.TryParse(text, out var version) ? version : new Version(0, 0);
}
