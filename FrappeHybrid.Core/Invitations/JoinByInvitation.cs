using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Invitations;

/// <summary>
/// Somebody without an account makes one with the invited address and is in the team, also where sign-up is closed. It has no actor: the link is the right. The address counts as
/// confirmed, because the link was sent there.
/// </summary>
public sealed class JoinByInvitation(IServiceScopeFactory scopes, ActorQueries actors, MembershipGate gate, TimeProvider time, Notifier notifier)
{
    /// <summary>The user's id; the error "account-exists" when there is an account with the address.</summary>
    /// <param name="address">From where, for the record.</param>
    public async Task<Result<Guid>> RunAsync(string token, string password, string? address, CancellationToken cancel)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        if (await InvitationRules.FindAsync(db, actors, token, time.GetUtcNow(), cancel) is not { } invitation)
            return InvitationRules.Unusable;
        var existing = await users.FindByEmailAsync(invitation.Email);
        if (existing is { EmailConfirmed: true } or { DisabledAt: not null })
            return new Error("account-exists", "There is an account with this address already.", "Sign in with it, then open the link again.");

        var user = existing ?? new PortalUser { Id = NewId.At(time), UserName = invitation.Email, Email = invitation.Email };
        foreach (var validator in users.PasswordValidators)
        {
            var checkedPassword = await validator.ValidateAsync(users, user, password ?? "");
            if (!checkedPassword.Succeeded)
                return Refused(checkedPassword);
        }

        // Whoever began to sign up with the address has never shown that it is his: his password does not open what comes now.
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password!);
        user.EmailConfirmed = true;
        var joined = await InvitationRules.JoinAsync(db, invitation, user.Id, cancel);
        if (!joined.IsDone)
            return joined.Error;
        Record(db, new Actor(user.Id, user.UserName!, user.Staff, []) { Address = address }, invitation, joined.Value);
        notifier.MemberJoined(db, invitation.TeamId, user.UserName!, invitation.Role);

        // The store works on the same context: its one SaveChanges writes user, membership and the invitation's end, or nothing.
        var stored = existing is null ? await users.CreateAsync(user) : await users.UpdateSecurityStampAsync(user);
        return stored.Succeeded ? user.Id : Refused(stored);
    }

    private void Record(PortalDb db, Actor actor, TeamInvitation invitation, string what) =>
        db.Activity.Add(ActivityEntry.Of(time, actor, invitation.Place, "accept-invitation", $"Made an account and accepted the invitation of {invitation.InvitedByName}", actor.UserId, after: what));

    private static Error Refused(IdentityResult result) => new("account-refused", string.Join(' ', result.Errors.Select(error => error.Description)));
}
