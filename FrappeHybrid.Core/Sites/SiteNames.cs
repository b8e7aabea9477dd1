using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>
/// Names of sites and domains of sites are one space: a name belongs to one site of the whole portal. Each of the two tables keeps its own names unique;
/// whoever takes a name holds the gate from the question to the save, so that both together are.
/// </summary>
public sealed class SiteNames : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Nobody else takes a name until the answer is disposed.</summary>
    public async Task<IDisposable> HoldAsync(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        return new Hold(gate);
    }

    /// <summary>Why the name is not free; null when it is. What the site <paramref name="besides"/> itself has does not count.</summary>
    public static async Task<Error?> RefuseAsync(PortalDb db, DomainName name, Guid? besides, CancellationToken cancel)
    {
        var isSite = SiteName.TryParse(name.Value, out var site)
            && await db.Sites.AnyAsync(each => each.Name == site && each.Id != besides && each.State != SiteState.Archived && each.State != SiteState.Trashed, cancel);
        var owner = await db.SiteDomains.SingleOrDefaultAsync(each => each.Name == name && each.SiteId != besides, cancel);
        if (owner is not null && await db.Sites.AnyAsync(each => each.Id == owner.SiteId && (each.State == SiteState.Archived || each.State == SiteState.Trashed), cancel))
        {
            // A site that is gone keeps no name from anybody: its row goes with the save that takes the name.
            db.SiteDomains.Remove(owner);
            owner = null;
        }

        return isSite || owner is not null
            ? new Error("site-name-taken", $"{name} belongs to another site.", "Choose another name, or remove it there first.")
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private sealed class Hold(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
