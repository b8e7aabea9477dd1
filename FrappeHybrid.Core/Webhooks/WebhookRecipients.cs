using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Webhooks;

/// <summary>The webhooks of an event's team that take its kind.</summary>
public sealed class WebhookRecipients(CoreOptions options, TimeProvider time) : INotificationChannel
{
    /// <inheritdoc/>
    public async Task AddAsync(PortalDb db, NotificationEvent told, CancellationToken cancel)
    {
        if (NotificationKinds.Of(told.Kind).IsPersonal)
            return;
        var hooks = await db.Webhooks.AsNoTracking().Where(hook => hook.TeamId == told.TeamId && hook.IsActive).ToListAsync(cancel);
        hooks.RemoveAll(hook => !hook.Takes(told.Kind));
        if (hooks.Count == 0)
            return;
        var body = await BodyAsync(db, told, cancel);
        foreach (var hook in hooks)
            db.WebhookDeliveries.Add(New(hook, NotificationKinds.Of(told.Kind).Key, told.Title, body));
    }

    /// <summary>A delivery that is due at once.</summary>
    internal WebhookDelivery New(Webhook hook, string kind, string title, string body)
    {
        var now = time.GetUtcNow();
        var delivery = new WebhookDelivery { Id = NewId.At(time), TeamId = hook.TeamId, WebhookId = hook.Id, Kind = kind, Title = title, Body = body, CreatedAt = now, BegunAt = now };
        delivery.Begin(now);
        return delivery;
    }

    private async Task<string> BodyAsync(PortalDb db, NotificationEvent told, CancellationToken cancel)
    {
        var team = await db.Teams.Where(each => each.Id == told.TeamId).Select(each => each.Name).SingleOrDefaultAsync(cancel);
        var server = told.ServerId is { } serverId ? new WebhookMessage.Named(serverId, await db.Servers.Where(each => each.Id == serverId).Select(each => each.Name).SingleOrDefaultAsync(cancel)) : null;
        var bench = told.BenchId is { } benchId ? new WebhookMessage.Named(benchId, (await db.Benches.AsNoTracking().SingleOrDefaultAsync(each => each.Id == benchId, cancel))?.Name.Value) : null;
        var site = told.SiteId is { } siteId ? new WebhookMessage.Named(siteId, (await db.Sites.AsNoTracking().SingleOrDefaultAsync(each => each.Id == siteId, cancel))?.Name.Value) : null;
        var rule = NotificationKinds.Of(told.Kind);
        return new WebhookMessage(
            told.Id, rule.Key, told.At, new(told.TeamId, team), new(server, bench, site), told.Title, options.LinkTo(told.Path), new(ResultOf(rule.Tone), told.Detail)).ToJson();
    }

    private static string ResultOf(NotificationTone tone) => tone switch
    {
        NotificationTone.Told => "told",
        NotificationTone.Done => "done",
        NotificationTone.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(tone), tone, "Not a tone."),
    };
}
