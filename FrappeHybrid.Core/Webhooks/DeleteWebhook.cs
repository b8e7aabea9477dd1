using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Webhooks;

/// <summary>Deletes a webhook with its secret and all that it delivered.</summary>
public sealed class DeleteWebhook(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid webhookId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await WebhookRules.FindAsync(db, actor, webhookId, cancel);
        if (!found.IsDone)
            return found.Error;
        db.Webhooks.Remove(found.Value);
        db.Activity.Add(ActivityEntry.Of(time, actor, found.Value.Place, "delete-webhook", $"Deleted the webhook to {WebhookRules.NameOf(found.Value)}", webhookId, before: WebhookRules.Describe(found.Value)));
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}
