using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Notifications;

/// <summary>People: the members who may see the place, staff who asked for it, and whom it is about; each as he or she chose.</summary>
public sealed class NotificationRecipients(ActorQueries actors, TimeProvider time) : INotificationChannel
{
    /// <inheritdoc/>
    public async Task AddAsync(PortalDb db, NotificationEvent told, CancellationToken cancel)
    {
        var choices = await ChoicesAsync(db, told, cancel);
        foreach (var userId in await CandidatesAsync(db, told, choices, cancel))
        {
            if (await actors.ForUserAsync(userId, null, cancel) is not { } actor || !Hears(actor, told))
                continue;
            var (inBell, byEmail) = NotificationChoices.Effective(choices, actor, told.TeamId, told.Kind, isConcerned: told.UserId == userId);
            if (inBell || byEmail)
                db.Notifications.Add(new Notification { Id = NewId.At(time), EventId = told.Id, UserId = userId, At = told.At, InBell = inBell, ByEmail = byEmail });
        }
    }

    /// <summary>Whether the actor hears of it at all.</summary>
    internal static bool Hears(Actor actor, NotificationEvent told)
    {
        if (told.UserId == actor.UserId)
            return true;
        var rule = NotificationKinds.Of(told.Kind);
        // Whoever works in one site sees the names of bench, server and team around it, but hears nothing of what others do there.
        return !rule.IsPersonal
            && actor.May(rule.Needs, told.Place)
            && (rule.IsOfWhole || CapabilityTable.Has(actor.Staff, rule.Needs) || actor.Grants.Any(grant => grant.Place.Contains(told.Place)));
    }

    private static Task<List<NotificationChoice>> ChoicesAsync(PortalDb db, NotificationEvent told, CancellationToken cancel) =>
        db.NotificationChoices.AsNoTracking().Where(choice => choice.Kind == told.Kind && (choice.TeamId == Guid.Empty || choice.TeamId == told.TeamId)).ToListAsync(cancel);

    private static async Task<List<Guid>> CandidatesAsync(PortalDb db, NotificationEvent told, List<NotificationChoice> choices, CancellationToken cancel)
    {
        if (NotificationKinds.Of(told.Kind).IsPersonal)
            return told.UserId is { } only ? [only] : [];
        var members = await db.TeamMembers.AsNoTracking().Where(member => member.TeamId == told.TeamId).Select(member => member.UserId).ToListAsync(cancel);
        var asked = choices.Select(choice => choice.UserId).ToList();
        var staff = await db.Users.AsNoTracking().Where(user => user.Staff != StaffRole.None && asked.Contains(user.Id)).Select(user => user.Id).ToListAsync(cancel);
        return [.. members.Concat(staff).Concat(told.UserId is { } about ? [about] : []).Distinct()];
    }
}
