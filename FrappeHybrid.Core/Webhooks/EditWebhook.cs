using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Webhooks;

/// <summary>Changes where a webhook posts to and what it is told of; switches it off and on.</summary>
public sealed class EditWebhook(IDbContextFactory<PortalDb> databases, WebhookOptions options, TimeProvider time)
{
    /// <summary>Done, or why not. What waits for a webhook that is switched off is given up.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid webhookId, WebhookDraft draft, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await WebhookRules.FindAsync(db, actor, webhookId, cancel);
        if (!found.IsDone)
            return found.Error;
        var checkedDraft = WebhookRules.Check(draft, options);
        if (!checkedDraft.IsDone)
            return checkedDraft.Error;
        var hook = found.Value;
        var before = WebhookRules.Describe(hook);
        var (url, description, kinds, isActive) = checkedDraft.Value;
        (hook.Url, hook.Description, hook.Kinds) = (url, description, [.. kinds]);
        if (isActive && !hook.IsActive)
            hook.SwitchOn();
        hook.IsActive = isActive;
        if (!isActive)
        {
            foreach (var delivery in await db.WebhookDeliveries.Where(each => each.WebhookId == webhookId && each.State == WebhookDeliveryState.Waiting).ToListAsync(cancel))
                delivery.End(WebhookDeliveryState.Failed);
        }

        db.Activity.Add(ActivityEntry.Of(time, actor, hook.Place, "edit-webhook", $"Changed the webhook to {WebhookRules.NameOf(hook)}", hook.Id, before: before, after: WebhookRules.Describe(hook)));
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}
