using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Accounts;

/// <summary>Sends the letter with the confirmation again, to somebody who has just shown the right password of an account that is not confirmed.</summary>
public sealed class SendConfirmation(IDbContextFactory<PortalDb> databases, AccountLinks links, AccountMail mail, SignInGuard guard, SignInRecord record)
{
    /// <summary>Sends it unless too many have been sent.</summary>
    public async Task RunAsync(Guid userId, string? address, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var user = await db.Users.SingleAsync(each => each.Id == userId, cancel);
        record.Add(db, user, "sign-in", address, "Gave the right password before the e-mail address was confirmed", ActivityResult.Refused);
        if (mail.CanSend && await guard.MaySendAsync(user.Email!, cancel))
            mail.ConfirmEmail(db, user.Email!, await links.AddAsync(db, user.Id, AccountLinkPurpose.ConfirmEmail, null, cancel));
        await db.SaveChangesAsync(cancel);
    }
}
