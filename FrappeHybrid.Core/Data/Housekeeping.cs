using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Mail;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Data;

/// <summary>Takes away what nobody needs any more, a little at a time, so that the one file does not grow for ever.</summary>
public sealed class Housekeeping(IDbContextFactory<PortalDb> databases, TimeProvider time, ILogger<Housekeeping> logger)
{
    /// <summary>How long the output of ended plays and jobs is kept; the runs themselves stay.</summary>
    public static readonly TimeSpan KeepOutput = TimeSpan.FromDays(90);

    /// <summary>How long an invitation that nobody accepted can still be sent again.</summary>
    public static readonly TimeSpan KeepExpiredInvitations = TimeSpan.FromDays(30);

    /// <summary>How long events and notifications are kept.</summary>
    public static readonly TimeSpan KeepNotifications = TimeSpan.FromDays(90);

    /// <summary>How long it is kept what webhooks delivered.</summary>
    public static readonly TimeSpan KeepDeliveries = TimeSpan.FromDays(30);

    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    /// <summary>Now and then, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            await RunOnceAsync(cancel);
            await Task.Delay(Interval, time, cancel);
        }
    }

    /// <summary>Once; returns how many rows went.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow();
        var before = now - KeepOutput;
        var outputs = await db.RunOutputs
            .Where(output => db.Jobs.Any(job => job.Id == output.RunId && job.FinishedAt != null && job.FinishedAt < before)
                || db.Plays.Any(play => play.Id == output.RunId && play.FinishedAt != null && play.FinishedAt < before && play.State != RunState.Failure))
            .ExecuteDeleteAsync(cancel);
        var links = await db.SignInLinks.Where(link => link.ExpiresAt < now).ExecuteDeleteAsync(cancel);
        links += await db.BackupDownloads.Where(link => link.ExpiresAt < now).ExecuteDeleteAsync(cancel);
        var forgotten = now - KeepExpiredInvitations;
        links += await db.TeamInvitations.Where(invitation => invitation.ExpiresAt < forgotten).ExecuteDeleteAsync(cancel);
        // Accounts before their links: by the link that has run out an account is known that nobody has confirmed.
        links += await UnconfirmedAccounts.RemoveOldAsync(db, now, cancel);
        links += await db.AccountLinks.Where(link => link.ExpiresAt < now).ExecuteDeleteAsync(cancel);
        links += await db.Sessions.Where(session => session.ExpiresAt < now).ExecuteDeleteAsync(cancel);
        links += await db.SignInBuckets.Where(bucket => bucket.ForgetAt < now && (bucket.ClosedUntil == null || bucket.ClosedUntil < now)).ExecuteDeleteAsync(cancel);
        var givenUpBefore = now - OutgoingMail.KeepFailed;
        var letters = await db.OutgoingMails.Where(mail => mail.GaveUpAt != null && mail.GaveUpAt < givenUpBefore).ExecuteDeleteAsync(cancel);
        var told = await ForgetToldAsync(db, now, cancel);
        var oldest = now - ApiAnswer.Kept;
        var answers = await db.ApiAnswers.Where(answer => answer.At < oldest).ExecuteDeleteAsync(cancel);
        if (outputs + links + letters + told + answers > 0)
            logger.LogInformation("Housekeeping took away {Outputs} pieces of output, {Links} sessions, links, forgotten tries and unconfirmed accounts, {Letters} letters that were given up, {Told} events and deliveries and {Answers} answers of the API", outputs, links, letters, told, answers);
        return outputs + links + letters + told + answers;
    }

    // Notifications go with their event, tries with their delivery.
    private static async Task<int> ForgetToldAsync(PortalDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var (events, deliveries) = (now - KeepNotifications, now - KeepDeliveries);
        var told = await db.NotificationEvents.Where(each => each.At < events).ExecuteDeleteAsync(cancel);
        told += await db.WebhookDeliveries.Where(each => each.CreatedAt < deliveries).ExecuteDeleteAsync(cancel);
        told += await db.Webhooks.Where(each => each.OldSecretProtected != null && each.OldSecretUntil <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(each => each.OldSecretProtected, (string?)null).SetProperty(each => each.OldSecretUntil, (DateTimeOffset?)null), cancel);
        return told + await db.NotificationChoices.Where(choice => choice.UserId != Guid.Empty && !db.Users.Any(user => user.Id == choice.UserId)).ExecuteDeleteAsync(cancel);
    }
}
