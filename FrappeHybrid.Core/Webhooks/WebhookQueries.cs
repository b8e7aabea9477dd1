using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Webhooks;

/// <summary>What pages ask about webhooks; nothing for who may not manage them.</summary>
public sealed class WebhookQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The team's webhooks, oldest first; null when the team is not the actor's to manage.</summary>
    public async Task<IReadOnlyList<WebhookView>?> ListAsync(Actor actor, Guid teamId, CancellationToken cancel)
    {
        if (!actor.May(Capability.ManageWebhooks, new Place(teamId)))
            return null;
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Teams.AnyAsync(team => team.Id == teamId, cancel) ? await ViewsAsync(db, db.Webhooks.Where(hook => hook.TeamId == teamId), cancel) : null;
    }

    /// <summary>One webhook; null when there is none or it is not the actor's to manage.</summary>
    public async Task<WebhookView?> FindAsync(Actor actor, Guid webhookId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await ViewsAsync(db, db.Webhooks.Where(hook => hook.Id == webhookId), cancel) is [var hook] && actor.May(Capability.ManageWebhooks, new Place(hook.TeamId)) ? hook : null;
    }

    /// <summary>The newest deliveries of a webhook.</summary>
    /// <param name="state">Only those; all when null.</param>
    /// <param name="limit">1 to 200.</param>
    public async Task<IReadOnlyList<WebhookDeliveryView>> DeliveriesAsync(Actor actor, Guid webhookId, WebhookDeliveryState? state, int limit, CancellationToken cancel)
    {
        if (await FindAsync(actor, webhookId, cancel) is null)
            return [];
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await db.WebhookDeliveries.AsNoTracking().Include(delivery => delivery.Tries)
            .Where(delivery => delivery.WebhookId == webhookId && (state == null || delivery.State == state))
            .OrderByDescending(delivery => delivery.CreatedAt).ThenByDescending(delivery => delivery.Id)
            .Take(Math.Clamp(limit, 1, 200))
            .ToListAsync(cancel);
        return
        [
            .. rows.Select(row => new WebhookDeliveryView(
                row.Id, row.Kind, row.Title, row.Body, row.CreatedAt, row.State, row.NextTryAt, [.. row.Tries.OrderByDescending(each => each.At).ThenByDescending(each => each.Id)])),
        ];
    }

    private static async Task<List<WebhookView>> ViewsAsync(PortalDb db, IQueryable<Webhook> hooks, CancellationToken cancel)
    {
        var rows = await hooks.AsNoTracking().OrderBy(hook => hook.CreatedAt)
            .Select(hook => new { Hook = hook, LastAt = db.WebhookDeliveries.Where(delivery => delivery.WebhookId == hook.Id).Max(delivery => (DateTimeOffset?)delivery.CreatedAt) })
            .ToListAsync(cancel);
        return rows.ConvertAll(row => new WebhookView(
            row.Hook.Id, row.Hook.TeamId, row.Hook.Url, row.Hook.Description, row.Hook.Kinds, row.Hook.IsActive, row.Hook.CreatedAt, row.Hook.OldSecretUntil, row.Hook.FailingSince, row.Hook.SwitchedOffAt, row.LastAt));
    }
}
