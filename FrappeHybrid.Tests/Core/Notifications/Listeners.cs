using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Tests.Core.Notifications;

/// <summary>People who may hear of something, and what they heard.</summary>
internal static class Listeners
{
    /// <summary>A user, in the first team when there is a role; limited to the thing when one is given.</summary>
    public static async Task<Guid> AddPersonAsync(this TestCore core, string email, TeamRole? role = null, StaffRole staff = StaffRole.None, Guid? only = null)
    {
        await using var db = await core.DbAsync();
        var user = new PortalUser { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true, Staff = staff };
        db.Users.Add(user);
        if (role is { } given)
            db.TeamMembers.Add(new TeamMember { TeamId = core.Team.Id, UserId = user.Id, Role = given, IsLimited = only is not null });
        if (only is { } thing)
            db.MemberPlaces.Add(new MemberPlace { TeamId = core.Team.Id, UserId = user.Id, ThingId = thing });
        await db.SaveChangesAsync(TestCore.Cancel);
        return user.Id;
    }

    public static async Task<Actor> ActAsAsync(this TestCore core, Guid userId) => (await core.Get<ActorQueries>().ForUserAsync(userId, null, TestCore.Cancel))!;

    /// <summary>Tells something and fans it out.</summary>
    public static async Task TellAsync(this TestCore core, NotificationKind kind, Place place, string title = "It happened", Guid? userId = null)
    {
        await using var db = await core.DbAsync();
        core.Get<Notifier>().Tell(db, kind, place, title, "/jobs", null, userId);
        await db.SaveChangesAsync(TestCore.Cancel);
        await core.Get<NotificationFanOut>().RunOnceAsync(TestCore.Cancel);
    }

    public static async Task ChooseAsync(this TestCore core, Guid userId, Guid teamId, NotificationKind kind, bool inBell, bool byEmail)
    {
        await using var db = await core.DbAsync();
        db.NotificationChoices.Add(new NotificationChoice { UserId = userId, TeamId = teamId, Kind = kind, InBell = inBell, ByEmail = byEmail });
        await db.SaveChangesAsync(TestCore.Cancel);
    }

    /// <summary>E-mail addresses of who was told, each with its channels.</summary>
    public static async Task<List<string>> HeardAsync(this TestCore core)
    {
        await using var db = await core.DbAsync();
        var rows = await db.Notifications.AsNoTracking().Join(db.Users, each => each.UserId, user => user.Id, (each, user) => new { user.Email, each.InBell, each.ByEmail, each.Event.Title }).ToListAsync(TestCore.Cancel);
        return [.. rows.Select(row => $"{row.Email} {(row.InBell ? "bell" : "")}{(row.ByEmail ? "mail" : "")}").Order(StringComparer.Ordinal)];
    }
}
