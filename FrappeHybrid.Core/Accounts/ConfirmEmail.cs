using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Accounts;

/// <summary>Somebody opened the link in a letter: the address is his. It opens a new account, or becomes the address of an old one.</summary>
public sealed class ConfirmEmail(IServiceScopeFactory scopes, AccountLinks links, AccountMail mail, SignInRecord record)
{
    /// <summary>What was confirmed.</summary>
    public async Task<Result<AccountLinkPurpose>> RunAsync(string? token, string? address, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        if (await links.FindAsync(db, token, cancel) is not { Purpose: AccountLinkPurpose.ConfirmEmail or AccountLinkPurpose.ChangeEmail } link
            || await users.FindByIdAsync(link.UserId.ToString()) is not { } user)
            return AccountLinks.Unusable;

        db.AccountLinks.Remove(link);
        if (link.Purpose is AccountLinkPurpose.ConfirmEmail)
        {
            user.EmailConfirmed = true;
            record.Add(db, user, "confirm-email", address, "Confirmed the e-mail address");
        }
        else
        {
            var old = user.Email!;
            user.UserName = user.Email = link.NewEmail;
            user.EmailConfirmed = true;
            mail.EmailChanged(db, old, link.NewEmail!);
            record.Add(db, user, "change-email", address, $"Changed the e-mail address from {old}");
        }

        // Also the last look whether somebody else has taken the address meanwhile.
        var stored = await users.UpdateAsync(user);
        if (stored.Succeeded)
            return link.Purpose;
        return stored.Errors.Any(error => error.Code is nameof(IdentityErrorDescriber.ConcurrencyFailure))
            ? AccountLinks.Unusable
            : new Error("email-taken", "That address belongs to another account by now.", "Sign in and change to another one.");
    }
}
