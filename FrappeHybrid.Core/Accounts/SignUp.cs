using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Accounts;

/// <summary>
/// A stranger makes an account with a team of his own. The answer and the work are the same when there is an account with the address already: its owner gets
/// a letter that says so. The account opens once its address is confirmed.
/// </summary>
public sealed class SignUp(IServiceScopeFactory scopes, AccountOptions options, AccountMail mail, AccountLinks links, SignInGuard guard, SignInRecord record, TimeProvider time)
{
    /// <summary>Done when the form was in order: a letter is on its way.</summary>
    public async Task<Result> RunAsync(SignUpRequest request, string? address, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (options.SignUp is not SignUpMode.Open)
            return new Error("sign-up-closed", "This portal is open to invited people only.", "Ask an owner of your team or the operator for an invitation.");
        if (!mail.CanSend)
            return AccountErrors.NoMail;
        request = request with { Email = (request.Email ?? "").Trim(), Name = (request.Name ?? "").Trim(), Team = (request.Team ?? "").Trim() };
        // Everything that can be wrong is said before anybody looks whether there is such an account.
        if (Problem(request) is { } problem)
            return problem;
        var attempt = await guard.BeginAsync(GuardedAct.SignUp, null, null, address, cancel);
        if (!attempt.IsAllowed)
            return AccountErrors.TooMany(attempt.Wait);

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var existing = await users.FindByEmailAsync(request.Email);
        var maySend = await guard.MaySendAsync(request.Email, cancel);
        if (existing is { EmailConfirmed: true })
        {
            users.PasswordHasher.HashPassword(existing, request.Password);
            if (maySend)
                mail.AlreadySignedUp(db, existing);
            record.Add(db, existing, "sign-up", address, "Somebody signed up with an address that has an account", ActivityResult.Refused);
            await db.SaveChangesAsync(cancel);
            return Result.Done;
        }

        if (!maySend)
            return Result.Done;
        return existing is null ? await CreateAsync(db, users, request, address, cancel) : await BeginAnewAsync(db, users, existing, request, address, cancel);
    }

    private async Task<Result> CreateAsync(PortalDb db, UserManager<PortalUser> users, SignUpRequest request, string? address, CancellationToken cancel)
    {
        var user = new PortalUser { Id = NewId.At(time), UserName = request.Email, Email = request.Email, Name = request.Name.Length == 0 ? null : request.Name };
        var team = new Team { Id = NewId.At(time), Name = request.Team, CreatedAt = time.GetUtcNow() };
        team.Members.Add(new TeamMember { TeamId = team.Id, UserId = user.Id, Role = TeamRole.Owner });
        db.Teams.Add(team);
        var actor = Actor.Member(user.Id, request.Email, team.Id, TeamRole.Owner) with { Address = address };
        db.Activity.Add(ActivityEntry.Of(time, actor, new Place(team.Id), "sign-up", $"Signed up with the team {request.Team}", user.Id));
        mail.ConfirmEmail(db, request.Email, await links.AddAsync(db, user.Id, AccountLinkPurpose.ConfirmEmail, null, cancel));
        // The store works on the same context: its one SaveChanges writes all of it, or nothing.
        return ResultOf(await users.CreateAsync(user, request.Password));
    }

    // Whoever began with this address has never shown that it is his: neither his password nor his link may open what comes now.
    private async Task<Result> BeginAnewAsync(PortalDb db, UserManager<PortalUser> users, PortalUser user, SignUpRequest request, string? address, CancellationToken cancel)
    {
        user.Name = request.Name.Length == 0 ? null : request.Name;
        await NewPasswords.SetAsync(db, users, user, request.Password, keepSession: null, cancel);
        foreach (var team in await db.Teams.Where(team => team.Members.Count == 1 && team.Members.Any(member => member.UserId == user.Id)).ToListAsync(cancel))
            team.Name = request.Team;
        mail.ConfirmEmail(db, request.Email, await links.AddAsync(db, user.Id, AccountLinkPurpose.ConfirmEmail, null, cancel));
        record.Add(db, user, "sign-up", address, "Signed up again before the address was confirmed");
        return ResultOf(await users.UpdateAsync(user));
    }

    private static Result ResultOf(IdentityResult stored) =>
        stored.Succeeded ? Result.Done : new Error("account-refused", string.Join(' ', stored.Errors.Select(error => error.Description)));

    private static Error? Problem(SignUpRequest request)
    {
        if (AccountErrors.EmailProblem(request.Email) is { } problem)
            return problem;
        if (request.Team.Length is 0 or > 80 || request.Team.Any(char.IsControl))
            return new Error("team-name-invalid", "A team's name has 1 to 80 characters.");
        if (request.Name.Length > PortalUser.LongestName || request.Name.Any(char.IsControl))
            return new Error("name-invalid", $"A name has at most {PortalUser.LongestName} characters.");
        return PasswordRules.Problem(request.Password, request.Email, request.Name);
    }
}
