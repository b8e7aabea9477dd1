using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Notifications;

/// <summary>What the bell and its pages ask: one's own notifications, as far as one may still see what they are about.</summary>
public sealed class NotificationQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>How many in the bell are not read.</summary>
    public async Task<int> UnreadAsync(Actor actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await Mine(db, actor, new NotificationFilter(UnreadOnly: true)).CountAsync(cancel);
    }

    /// <summary>A page of them, newest first, and how many there are.</summary>
    /// <param name="skip">How many come before the page.</param>
    /// <param name="take">1 to 200.</param>
    public async Task<(IReadOnlyList<NotificationView> Rows, int Total)> ListAsync(Actor actor, NotificationFilter filter, int skip, int take, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var mine = Mine(db, actor, filter);
        var total = await mine.CountAsync(cancel);
        var rows = await mine.OrderByDescending(notification => notification.At).ThenByDescending(notification => notification.Id)
            .Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, 200))
            .Select(notification => new
            {
                notification.Id,
                notification.Event,
                notification.ReadAt,
                Team = db.Teams.Where(team => team.Id == notification.Event.TeamId).Select(team => team.Name).FirstOrDefault(),
            })
            .ToListAsync(cancel);
        return ([.. rows.Select(row => new NotificationView(row.Id, row.Event.Kind, row.Event.Title, row.Event.Detail, row.Event.Path, row.Event.At, row.ReadAt is not null, row.Team))], total);
    }

    /// <summary>How one is told of each kind: for all teams when the team is null, else in that team. Empty when the actor has nothing to do with the team.</summary>
    public async Task<IReadOnlyList<NotificationChoiceView>> ChoicesAsync(Actor actor, Guid? teamId, CancellationToken cancel)
    {
        if (teamId is { } team && !actor.May(Capability.View, new Place(team)))
            return [];
        await using var db = await databases.CreateDbContextAsync(cancel);
        var choices = await ChoicesAsync(db, actor.UserId, teamId, cancel);
        return
        [
            .. NotificationKinds.All.Where(rule => teamId is null || !rule.IsPersonal).Select(rule =>
            {
                var (inBell, byEmail) = NotificationChoices.Effective(choices, actor, teamId ?? Guid.Empty, rule.Kind);
                return new NotificationChoiceView(rule.Kind, rule.Text, inBell, byEmail, NotificationChoices.Find(choices, actor.UserId, teamId ?? Guid.Empty, rule.Kind) is not null);
            }),
        ];
    }

    /// <summary>What the team's members get who chose nothing; empty for who may not manage members.</summary>
    public async Task<IReadOnlyList<NotificationChoiceView>> TeamChoicesAsync(Actor actor, Guid teamId, CancellationToken cancel)
    {
        if (!actor.May(Capability.ManageMembers, new Place(teamId)))
            return [];
        await using var db = await databases.CreateDbContextAsync(cancel);
        var choices = await ChoicesAsync(db, Guid.Empty, teamId, cancel);
        var developer = Actor.Member(Guid.Empty, "", teamId, TeamRole.Developer);
        return
        [
            .. NotificationKinds.OfTeams.Select(rule =>
            {
                var (inBell, byEmail) = NotificationChoices.Inherited(choices, developer, teamId, rule.Kind);
                return new NotificationChoiceView(rule.Kind, rule.Text, inBell, byEmail, NotificationChoices.Find(choices, Guid.Empty, teamId, rule.Kind) is not null);
            }),
        ];
    }

    /// <summary>In which of the teams the actor has chosen something else than for all.</summary>
    public async Task<IReadOnlySet<Guid>> TeamsWithChoicesAsync(Actor actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return (await db.NotificationChoices.AsNoTracking().Where(choice => choice.UserId == actor.UserId && choice.TeamId != Guid.Empty).Select(choice => choice.TeamId).Distinct().ToListAsync(cancel)).ToHashSet();
    }

    internal static IQueryable<Notification> Mine(PortalDb db, Actor actor, NotificationFilter filter)
    {
        var rows = db.Notifications.AsNoTracking().Where(notification => notification.UserId == actor.UserId && notification.InBell)
            .Where(notification => db.NotificationEvents.VisibleTo(actor).Any(told => told.Id == notification.EventId));
        if (filter.UnreadOnly)
            rows = rows.Where(notification => notification.ReadAt == null);
        if (filter.Kind is { } kind)
            rows = rows.Where(notification => notification.Event.Kind == kind);
        if (filter.TeamId is { } team)
            rows = rows.Where(notification => notification.Event.TeamId == team);
        return rows;
    }

    private static async Task<List<NotificationChoice>> ChoicesAsync(PortalDb db, Guid userId, Guid? teamId, CancellationToken cancel)
    {
        var team = teamId ?? Guid.Empty;
        return await db.NotificationChoices.AsNoTracking()
            .Where(choice => (choice.UserId == userId && (choice.TeamId == Guid.Empty || choice.TeamId == team)) || (choice.UserId == Guid.Empty && choice.TeamId == team))
            .ToListAsync(cancel);
    }
}
