using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Mail;

/// <summary>Sends the operator a letter the way all letters go.</summary>
public sealed class SendTestMail(IDbContextFactory<PortalDb> databases, MailOutbox mail, TimeProvider time)
{
    /// <summary>The letter's id, or why there is none.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        if (mail.Problem is { } problem)
            return problem;
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Users.Where(user => user.Id == actor.UserId).Select(user => user.Email).SingleOrDefaultAsync(cancel) is not { Length: > 0 } address)
            return new Error("mail-no-recipient", "Your account has no e-mail address.");
        var (subject, text) = MailText.Test(mail.LinkTo("/"));
        var letter = mail.Make(address, subject, text);
        db.OutgoingMails.Add(letter);
        db.Activity.Add(ActivityEntry.Of(time, actor, Place.Portal, "send-test-mail", "Asked for a test letter", letter.Id));
        await db.SaveChangesAsync(cancel);
        return letter.Id;
    }
}
