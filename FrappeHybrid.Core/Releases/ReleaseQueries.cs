using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Releases;

/// <summary>What pages ask about releases; every signed-in user may see the catalogue.</summary>
public sealed class ReleaseQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>What is offered for new benches, newest version first.</summary>
    public async Task<IReadOnlyList<Release>> OfferedAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var releases = await db.Releases.AsNoTracking().Where(release => release.IsEnabled).ToListAsync(cancel);
        return [.. releases.OrderByDescending(release => Version.TryParse(release.Version, out var version) ? version : new Version(0, 0))];
    }
}
