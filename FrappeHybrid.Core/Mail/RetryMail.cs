using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Mail;

/// <summary>Tries a letter again now, and for another day.</summary>
public sealed class RetryMail(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid mailId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.OutgoingMails.SingleOrDefaultAsync(each => each.Id == mailId, cancel) is not { } mail)
            return MailGone.Error;
        mail.TryAgain(time.GetUtcNow());
        db.Activity.Add(ActivityEntry.Of(time, actor, Place.Portal, "retry-mail", $"Tried the letter \"{mail.Subject}\" to {mail.To} again", mailId));
        return await MailGone.SaveAsync(db, cancel);
    }
}
