using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Teams;

/// <summary>
/// Makes the first user, who runs the portal, with the first team. It is the one act without an actor: it works only while there is no user at all.
/// Further people get their accounts from the operator.
/// </summary>
public sealed class CreateOperator(IServiceScopeFactory scopes, TimeProvider time)
{
    // Two browsers may have the first page open: the portal is one process, so that one gate makes the check and the write one thing.
    private static readonly SemaphoreSlim Gate = new(1, 1);

    /// <summary>The user's id; the error "already-started" when there is a user.</summary>
    public async Task<Result<Guid>> RunAsync(string email, string password, string teamName, CancellationToken cancel)
    {
        var name = TeamRules.CheckName(teamName);
        if (!name.IsDone)
            return name.Error;

        await Gate.WaitAsync(cancel);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await CreateAsync(scope.ServiceProvider, (email ?? "").Trim(), password ?? "", name.Value, cancel);
        }
        finally
        {
            Gate.Release();
        }
    }

    private async Task<Result<Guid>> CreateAsync(IServiceProvider services, string email, string password, string teamName, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PortalDb>();
        if (await db.Users.AnyAsync(cancel))
            return new Error("already-started", "This portal has its operator already.", "Sign in, or ask the operator for an account.");
        if (!System.Net.Mail.MailAddress.TryCreate(email, out var address) || address.Address != email || email.Length > 254)
            return new Error("email-invalid", "That is not an e-mail address.", "Write it as name@example.com.");

        var user = new PortalUser { Id = NewId.At(time), UserName = email, Email = email, EmailConfirmed = true, Staff = StaffRole.Operator };
        var team = new Team { Id = NewId.At(time), Name = teamName, CreatedAt = time.GetUtcNow() };
        team.Members.Add(new TeamMember { TeamId = team.Id, UserId = user.Id, Role = TeamRole.Owner });
        var actor = Actor.Member(user.Id, email, team.Id, TeamRole.Owner, StaffRole.Operator);
        db.Teams.Add(team);
        db.Activity.Add(ActivityEntry.Of(time, actor, new Place(team.Id), "create-operator", $"Started the portal with the team {teamName}", user.Id));

        // The store works on the same context: its one SaveChanges writes user, team and membership, or nothing.
        var made = await services.GetRequiredService<UserManager<PortalUser>>().CreateAsync(user, password);
        if (made.Succeeded)
            return user.Id;
        return new Error("account-refused", string.Join(' ', made.Errors.Select(error => error.Description)));
    }
}
