using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Accounts;

/// <summary>A signed-in user takes another password; all his other sessions end.</summary>
public sealed class ChangePassword(IServiceScopeFactory scopes, AccountMail mail, SignInRecord record)
{
    /// <summary>The error "password-wrong" when the present one is another.</summary>
    public async Task<Result> RunAsync(Guid userId, string present, string password, Guid? session, string? address, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        if (await users.FindByIdAsync(userId.ToString()) is not { } user)
            return Error.NotFound;
        if (!await users.CheckPasswordAsync(user, present ?? ""))
            return AccountErrors.WrongPassword;
        if (PasswordRules.Problem(password, user.Email, user.Name) is { } problem)
            return problem;

        await NewPasswords.SetAsync(db, users, user, password, session, cancel);
        if (mail.CanSend)
            mail.PasswordChanged(db, user, address);
        record.Add(db, user, "change-password", address, "Changed the password; all other sessions ended");
        return (await users.UpdateAsync(user)).Succeeded ? Result.Done : NewPasswords.Meanwhile;
    }
}
