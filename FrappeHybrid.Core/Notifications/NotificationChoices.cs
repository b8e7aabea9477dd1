using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Notifications;

/// <summary>Which of several choices counts.</summary>
internal static class NotificationChoices
{
    /// <summary>How the actor is told of a kind in a team: the person's choice there, else for all teams, else the team's, else what the rule says.</summary>
    /// <param name="choices">At least those that concern the actor, the team and the kind.</param>
    /// <param name="teamId">Empty for what is of no team, and to ask what counts where nothing else was chosen.</param>
    /// <param name="isConcerned">It is about the actor.</param>
    public static (bool InBell, bool ByEmail) Effective(IReadOnlyCollection<NotificationChoice> choices, Actor actor, Guid teamId, NotificationKind kind, bool isConcerned = false)
    {
        var own = Find(choices, actor.UserId, teamId, kind) ?? Find(choices, actor.UserId, Guid.Empty, kind);
        return own is not null ? (own.InBell, own.ByEmail) : Inherited(choices, actor, teamId, kind, isConcerned);
    }

    /// <summary>The same without the person's own choice.</summary>
    public static (bool InBell, bool ByEmail) Inherited(IReadOnlyCollection<NotificationChoice> choices, Actor actor, Guid teamId, NotificationKind kind, bool isConcerned = false)
    {
        var rule = NotificationKinds.Of(kind);
        if (rule.IsPersonal)
            return (true, true);
        var roles = actor.Grants.Where(grant => grant.Until is null && (teamId == Guid.Empty || grant.Place.TeamId == teamId)).Select(grant => grant.Role).ToList();

        // Staff who is no member hears of what it asked for, and of what concerns it.
        if (roles.Count == 0)
            return (isConcerned, false);
        return teamId != Guid.Empty && Find(choices, Guid.Empty, teamId, kind) is { } team ? (team.InBell, team.ByEmail) : (true, roles.Exists(rule.EmailRoles.Contains));
    }

    public static NotificationChoice? Find(IEnumerable<NotificationChoice> choices, Guid userId, Guid teamId, NotificationKind kind) =>
        choices.FirstOrDefault(choice => choice.UserId == userId && choice.TeamId == teamId && choice.Kind == kind);
}
