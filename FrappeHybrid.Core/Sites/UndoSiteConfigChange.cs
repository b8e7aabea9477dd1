using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>Takes a change of a site's configuration back, key by key. What was changed again since then is not touched, and a secret is not known.</summary>
public sealed class UndoSiteConfigChange(IDbContextFactory<PortalDb> databases, SiteConfigReader reader, ChangeSiteConfig change)
{
    /// <summary>The job's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, Guid changeId, CancellationToken cancel)
    {
        SiteConfigChange? made;
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
            if (!found.IsDone)
                return found.Error;
            made = await db.SiteConfigChanges.AsNoTracking().SingleOrDefaultAsync(each => each.Id == changeId && each.SiteId == siteId, cancel);
        }

        if (made is null)
            return Error.NotFound;
        var edits = made.Edits.Where(edit => !edit.IsSecret).ToList();
        if (edits.Count == 0)
            return new Error("config-undo-secret", "Only secrets were changed, and the portal does not know what they were.", "Set them anew.");
        var now = await reader.ReadAsync(actor, siteId, cancel);
        if (!now.IsDone)
            return now.Error;
        var moved = edits.Where(edit => now.Value.Keys.FirstOrDefault(key => key.Key == edit.Key)?.Value?.GetRawText() != edit.After).Select(edit => edit.Key).ToList();
        if (moved.Count > 0)
            return new Error("config-undo-moved", $"{string.Join(", ", moved)} was changed again since then.", "Undo the later change first, or set the value by hand.");
        var order = new SiteConfigOrder(
            now.Value.Version,
            edits.Where(edit => edit.Before is not null).ToDictionary(edit => edit.Key, edit => edit.Before!, StringComparer.Ordinal),
            [.. edits.Where(edit => edit.Before is null).Select(edit => edit.Key)],
            changeId);
        return await change.RunAsync(actor, siteId, order, cancel);
    }
}
