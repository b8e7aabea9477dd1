using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Accounts;

/// <summary>Somebody has forgotten a password. Whether there is such an account, neither the answer nor its time tells: both ways encrypt a letter and write to the database.</summary>
public sealed class RequestPasswordReset(IServiceScopeFactory scopes, AccountLinks links, AccountMail mail, SignInGuard guard, SignInRecord record, SecretVault vault)
{
    /// <summary>Done, also when there is no such account; the errors "mail-not-configured" and "too-many-tries" say nothing of it either.</summary>
    public async Task<Result> RunAsync(string email, string? address, CancellationToken cancel)
    {
        email = (email ?? "").Trim();
        if (!mail.CanSend)
            return AccountErrors.NoMail;
        if (AccountErrors.EmailProblem(email) is { } problem)
            return problem;
        var attempt = await guard.BeginAsync(GuardedAct.Reset, null, null, address, cancel);
        if (!attempt.IsAllowed)
            return AccountErrors.TooMany(attempt.Wait);

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>().FindByEmailAsync(email);
        var maySend = await guard.MaySendAsync(email, cancel);
        var token = await links.AddAsync(db, user?.Id ?? Guid.Empty, AccountLinkPurpose.ResetPassword, null, cancel);
        if (user is { EmailConfirmed: true } && maySend)
        {
            mail.ResetPassword(db, user, token);
        }
        else
        {
            db.ChangeTracker.Clear();
            vault.Protect("nothing", new string('-', 400));
        }

        record.Add(db, user, "reset-request", address, "Asked for a new password");
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}
