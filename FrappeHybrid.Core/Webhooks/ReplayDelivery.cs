using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Webhooks;

/// <summary>Sends a delivery once more, with the same id and the same body; one that waits is sent now.</summary>
public sealed class ReplayDelivery(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid deliveryId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.WebhookDeliveries.SingleOrDefaultAsync(each => each.Id == deliveryId, cancel) is not { } delivery)
            return Error.NotFound;
        var found = await WebhookRules.FindAsync(db, actor, delivery.WebhookId, cancel);
        if (!found.IsDone)
            return found.Error;
        delivery.Begin(time.GetUtcNow());
        db.Activity.Add(ActivityEntry.Of(time, actor, delivery.Place, "replay-delivery", $"Sent \"{delivery.Title}\" to the webhook to {WebhookRules.NameOf(found.Value)} once more", delivery.Id));
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}
