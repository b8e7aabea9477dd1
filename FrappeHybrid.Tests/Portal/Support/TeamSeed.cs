using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Invitations;
using FrappeHybrid.Core.People;
using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>People of the seeded portal: members of every role, one limited, invitations, support that asks and that is inside. All sign in with the operator's password, the admin with a second factor.</summary>
internal sealed class TeamSeed(IServiceProvider services, Guid team)
{
    private readonly TimeProvider time = services.GetRequiredService<TimeProvider>();
    private readonly Dictionary<string, Guid> ids = [];

    public async Task RunAsync(Guid server, Guid site, Guid bench)
    {
        await AddPeopleAsync();
        var owner = await ActorAsync("owner@example.com");
        await DoAsync(services.GetRequiredService<LimitMember>().RunAsync(owner, team, ids["agency@example.com"], [site, bench], CancellationToken.None));
        var invite = services.GetRequiredService<InviteMember>();
        await invite.RunAsync(owner, team, "accounting@example.com", TeamRole.Viewer, null, CancellationToken.None);
        await invite.RunAsync(owner, team, "a-contractor-with-a-very-long-address@subsidiary.accounting.example.com", TeamRole.Developer, [site], CancellationToken.None);
        await invite.RunAsync(await ActorAsync("former@example.com"), team, "late@example.com", TeamRole.Developer, null, CancellationToken.None);
        await DoAsync(services.GetRequiredService<DisableUser>().RunAsync(await ActorAsync(TestPortal.Email), ids["former@example.com"], "Left the company", CancellationToken.None));

        var support = await ActorAsync("support@example.com");
        var ask = services.GetRequiredService<AskForAccess>();
        var answer = services.GetRequiredService<AnswerSupportAccess>();
        var refused = await ask.RunAsync(support, team, server, "Look at the load of the machine at night", 480, CancellationToken.None);
        await DoAsync(answer.RunAsync(owner, refused.Value, false, null, CancellationToken.None));
        var open = await ask.RunAsync(support, team, site, "Look into the failed import of ticket 4711", 240, CancellationToken.None);
        await DoAsync(answer.RunAsync(owner, open.Value, true, 120, CancellationToken.None));
        await ask.RunAsync(support, team, bench, "Restart the long queue, which hangs since this morning, and read its log", 60, CancellationToken.None);
    }

    private async Task AddPeopleAsync()
    {
        await using var scope = services.CreateAsyncScope();
        await using var db = await services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        (string Email, StaffRole Staff, TeamRole? Role, bool HasFactor)[] people =
        [
            ("owner@example.com", StaffRole.None, TeamRole.Owner, false),
            ("admin@example.com", StaffRole.None, TeamRole.Admin, true),
            ("former@example.com", StaffRole.None, TeamRole.Admin, false),
            ("developer@example.com", StaffRole.None, TeamRole.Developer, false),
            ("agency@example.com", StaffRole.None, TeamRole.Developer, false),
            ("viewer@example.com", StaffRole.None, TeamRole.Viewer, false),
            ("support@example.com", StaffRole.Support, null, false),
        ];
        string? hash = null;
        foreach (var (email, staff, role, hasFactor) in people)
        {
            var user = new PortalUser
            {
                Id = NewId.At(time),
                UserName = email,
                Email = email,
                NormalizedUserName = users.NormalizeName(email),
                NormalizedEmail = users.NormalizeEmail(email),
                EmailConfirmed = true,
                LockoutEnabled = true,
                SecurityStamp = NewId.At(time).ToString("N"),
                Staff = staff,
            };
            user.PasswordHash = hash ??= users.PasswordHasher.HashPassword(user, TestPortal.Password);
            user.TwoFactorEnabled = hasFactor;
            ids[email] = user.Id;
            db.Users.Add(user);
            if (role is { } given)
                db.TeamMembers.Add(new TeamMember { TeamId = team, UserId = user.Id, Role = given });
            db.Activity.Add(ActivityEntry.Of(time, new Actor(user.Id, email, staff, []), Place.Portal, "sign-in", "signed in (Password)", user.Id));
        }

        ids[TestPortal.Email] = await db.Users.Where(user => user.UserName == TestPortal.Email).Select(user => user.Id).SingleAsync();
        var second = new Team { Id = NewId.At(time), Name = "Warehouse and logistics", CreatedAt = time.GetUtcNow() };
        second.Members.Add(new TeamMember { TeamId = second.Id, UserId = ids["owner@example.com"], Role = TeamRole.Owner });
        db.Teams.Add(second);
        await db.SaveChangesAsync();
    }

    private async Task<Actor> ActorAsync(string email) => (await services.GetRequiredService<ActorQueries>().ForUserAsync(ids[email], null, CancellationToken.None))!;

    private static async Task DoAsync(Task<Result> act)
    {
        var result = await act;
        Xunit.Assert.True(result.IsDone, result.Error?.Message);
    }
}
