using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Accounts;

/// <summary>A signed-in user wants another address: a link goes to the new one, a notice to the old one. Nothing changes before the link is opened.</summary>
public sealed class RequestEmailChange(IServiceScopeFactory scopes, AccountLinks links, AccountMail mail, SignInGuard guard, SignInRecord record)
{
    /// <summary>The error "password-wrong" when the password is another. An address that somebody else has is not told: the letter does not come.</summary>
    public async Task<Result> RunAsync(Guid userId, string password, string newEmail, string? address, CancellationToken cancel)
    {
        newEmail = (newEmail ?? "").Trim();
        if (!mail.CanSend)
            return AccountErrors.NoMail;
        if (AccountErrors.EmailProblem(newEmail) is { } problem)
            return problem;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        if (await users.FindByIdAsync(userId.ToString()) is not { } user)
            return Error.NotFound;
        if (!await users.CheckPasswordAsync(user, password ?? ""))
            return AccountErrors.WrongPassword;
        if (string.Equals(newEmail, user.Email, StringComparison.OrdinalIgnoreCase))
            return new Error("email-same", "That is your address already.");
        if (!await guard.MaySendAsync(user.Email!, cancel))
            return new Error("too-many-letters", "Too many letters were sent about this account.", "Wait an hour, then try again.");

        if (await users.FindByEmailAsync(newEmail) is null)
            mail.ChangeEmail(db, newEmail, await links.AddAsync(db, user.Id, AccountLinkPurpose.ChangeEmail, newEmail, cancel));
        mail.EmailIsChanging(db, user, newEmail, address);
        record.Add(db, user, "change-email", address, "Asked to change the e-mail address");
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}
