using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Webhooks;

/// <summary>Sends a webhook an event that means nothing, so that its receiver can be tried; also one that is switched off.</summary>
public sealed class SendTestEvent(IDbContextFactory<PortalDb> databases, WebhookRecipients recipients, CoreOptions options, TimeProvider time)
{
    /// <summary>The delivery's id, or why not.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid webhookId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await WebhookRules.FindAsync(db, actor, webhookId, cancel);
        if (!found.IsDone)
            return found.Error;
        var hook = found.Value;
        var team = await db.Teams.Where(each => each.Id == hook.TeamId).Select(each => each.Name).SingleOrDefaultAsync(cancel);
        const string Title = "This is a test of the webhook";
        var message = new WebhookMessage(
            NewId.At(time), WebhookDelivery.TestKind, time.GetUtcNow(), new(hook.TeamId, team), new(null, null, null), Title, options.LinkTo($"/teams/{hook.TeamId}/webhooks/{hook.Id}"), new("told", null));
        var delivery = recipients.New(hook, WebhookDelivery.TestKind, Title, message.ToJson());
        db.WebhookDeliveries.Add(delivery);
        db.Activity.Add(ActivityEntry.Of(time, actor, hook.Place, "test-webhook", $"Sent a test event to the webhook to {WebhookRules.NameOf(hook)}", hook.Id));
        await db.SaveChangesAsync(cancel);
        return delivery.Id;
    }
}
