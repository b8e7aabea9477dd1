using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Mail;

/// <summary>Takes a letter out of the outbox; whoever it is for does not get it.</summary>
public sealed class DeleteMail(IDbContextFactory<PortalDb> databases, TimeProvider time)
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
        db.OutgoingMails.Remove(mail);
        db.Activity.Add(ActivityEntry.Of(time, actor, Place.Portal, "delete-mail", $"Deleted the letter \"{mail.Subject}\" to {mail.To}, which was not sent", mailId));
        return await MailGone.SaveAsync(db, cancel);
    }
}
