using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Webhooks;

/// <summary>What acts on webhooks share.</summary>
internal static class WebhookRules
{
    /// <summary>The draft as it is kept, or why it cannot be.</summary>
    public static Result<WebhookDraft> Check(WebhookDraft? draft, WebhookOptions options)
    {
        var url = WebhookAddress.Check(draft?.Url, options);
        if (!url.IsDone)
            return url.Error;
        var description = (draft!.Description ?? "").Trim();
        if (description.Length > 200 || description.Any(char.IsControl))
            return new Error("webhook-description-invalid", "A description has up to 200 characters in one line.");
        var kinds = (draft.Kinds ?? []).Distinct().ToList();
        if (kinds.Count == 0)
            return new Error("webhook-without-kinds", "The webhook would be told of nothing.", "Choose at least one kind of event.");
        if (kinds.Exists(key => NotificationKinds.OfTeams.All(rule => rule.Key != key)))
            return new Error("webhook-kind-unknown", "There is no such kind of event.", $"Choose from: {string.Join(", ", NotificationKinds.OfTeams.Select(rule => rule.Key))}.");
        return new WebhookDraft(url.Value, description, kinds, draft.IsActive);
    }

    /// <summary>The webhook with that id, if the actor may change it.</summary>
    public static async Task<Result<Webhook>> FindAsync(PortalDb db, Actor actor, Guid webhookId, CancellationToken cancel)
    {
        if (await db.Webhooks.SingleOrDefaultAsync(each => each.Id == webhookId, cancel) is not { } hook)
            return Error.NotFound;
        return actor.Refuse(Capability.ManageWebhooks, hook) is { } refused ? refused : hook;
    }

    /// <summary>What the activity calls it: the address may hold a token of the receiver's, its host does not.</summary>
    public static string NameOf(Webhook hook) => new Uri(hook.Url).Host;

    /// <summary>For the activity, without the address's path and query.</summary>
    public static string Describe(Webhook hook) => $"{NameOf(hook)}; {(hook.IsActive ? "on" : "off")}; {string.Join(", ", hook.Kinds)}";
}
