using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Accounts;

/// <summary>Sets a new password with the link of a letter, and signs the user out everywhere. The second factor stays.</summary>
public sealed class ResetPassword(IServiceScopeFactory scopes, AccountLinks links, AccountMail mail, SignInRecord record)
{
    /// <summary>The user's id. A password that is refused leaves the link good for another try.</summary>
    public async Task<Result<Guid>> RunAsync(string? token, string password, string? address, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        if (await links.FindAsync(db, token, cancel) is not { Purpose: AccountLinkPurpose.ResetPassword } link || await users.FindByIdAsync(link.UserId.ToString()) is not { } user)
            return AccountLinks.Unusable;
        if (PasswordRules.Problem(password, user.Email, user.Name) is { } problem)
            return problem;

        // All of the user's links go with it, this one too: of two who come with it at once, the second finds it gone when he stores.
        await NewPasswords.SetAsync(db, users, user, password, keepSession: null, cancel);
        if (mail.CanSend)
            mail.PasswordChanged(db, user, address);
        record.Add(db, user, "reset-password", address, "Set a new password with a link; all sessions ended");
        return (await users.UpdateAsync(user)).Succeeded ? user.Id : AccountLinks.Unusable;
    }
}
