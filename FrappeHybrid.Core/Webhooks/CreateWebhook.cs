using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Webhooks;

/// <summary>Makes a webhook of a team.</summary>
public sealed class CreateWebhook(IDbContextFactory<PortalDb> databases, WebhookOptions options, SecretVault vault, TimeProvider time)
{
    /// <summary>The webhook with its secret, or why not.</summary>
    public async Task<Result<NewWebhook>> RunAsync(Actor actor, Guid teamId, WebhookDraft draft, CancellationToken cancel)
    {
        if (actor.Refuse(Capability.ManageWebhooks, new Place(teamId)) is { } refused)
            return refused;
        var checkedDraft = WebhookRules.Check(draft, options);
        if (!checkedDraft.IsDone)
            return checkedDraft.Error;
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await db.Teams.AnyAsync(team => team.Id == teamId, cancel))
            return Error.NotFound;
        if (await db.Webhooks.CountAsync(hook => hook.TeamId == teamId, cancel) >= Webhook.MostOfTeam)
            return new Error("webhook-too-many", $"A team has at most {Webhook.MostOfTeam} webhooks.", "Delete one that is no longer needed.");
        var (url, description, kinds, isActive) = checkedDraft.Value;
        var secret = WebhookSignature.NewSecret();
        var made = new Webhook
        {
            Id = NewId.At(time),
            TeamId = teamId,
            Url = url,
            Description = description,
            Kinds = [.. kinds],
            IsActive = isActive,
            SecretProtected = vault.Protect(Webhook.SecretPurpose, secret),
            CreatedAt = time.GetUtcNow(),
        };
        db.Webhooks.Add(made);
        db.Activity.Add(ActivityEntry.Of(time, actor, made.Place, "create-webhook", $"Made a webhook to {WebhookRules.NameOf(made)}", made.Id, after: WebhookRules.Describe(made)));
        await db.SaveChangesAsync(cancel);
        return new NewWebhook(made.Id, secret);
    }
}
