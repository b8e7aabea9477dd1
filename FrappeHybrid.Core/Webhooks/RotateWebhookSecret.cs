using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Webhooks;

/// <summary>Makes a new secret. The one before signs too for a day, so that the receiver can be changed meanwhile.</summary>
public sealed class RotateWebhookSecret(IDbContextFactory<PortalDb> databases, SecretVault vault, TimeProvider time)
{
    /// <summary>The new secret, now and never again; or why not.</summary>
    public async Task<Result<string>> RunAsync(Actor actor, Guid webhookId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await WebhookRules.FindAsync(db, actor, webhookId, cancel);
        if (!found.IsDone)
            return found.Error;
        var hook = found.Value;
        var secret = WebhookSignature.NewSecret();
        (hook.OldSecretProtected, hook.OldSecretUntil) = (hook.SecretProtected, time.GetUtcNow() + Webhook.Rotation);
        hook.SecretProtected = vault.Protect(Webhook.SecretPurpose, secret);
        db.Activity.Add(ActivityEntry.Of(time, actor, hook.Place, "rotate-webhook-secret", $"Made a new secret for the webhook to {WebhookRules.NameOf(hook)}", hook.Id));
        await db.SaveChangesAsync(cancel);
        return secret;
    }
}
