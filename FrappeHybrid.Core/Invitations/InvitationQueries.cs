using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Invitations;

/// <summary>What pages ask about invitations; no answer holds a token.</summary>
public sealed class InvitationQueries(IDbContextFactory<PortalDb> databases, ActorQueries actors, TimeProvider time)
{
    /// <summary>What the holder of a link reads that cannot be used.</summary>
    public static readonly Error Unusable = InvitationRules.Unusable;

    /// <summary>The team's open invitations, newest first; none for who may not invite.</summary>
    public async Task<IReadOnlyList<InvitationView>> ListAsync(Actor actor, Guid teamId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Capability.ManageMembers, new Place(teamId)))
            return [];
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await db.TeamInvitations.AsNoTracking().Where(invitation => invitation.TeamId == teamId).OrderByDescending(invitation => invitation.SentAt).ToListAsync(cancel);
        var things = await TeamThings.FindAsync(db, teamId, [.. rows.SelectMany(row => row.LimitedTo).Distinct()], cancel);
        var now = time.GetUtcNow();
        var views = new List<InvitationView>();
        foreach (var row in rows)
        {
            var limit = row.LimitedTo.Count == 0 ? null : row.LimitedTo.Where(things.ContainsKey).Select(id => things[id]).ToList();
            views.Add(new InvitationView(row.Id, row.Email, row.Role, limit, row.InvitedByName, row.SentAt, row.ExpiresAt, row.ExpiresAt <= now, await InvitationRules.IsBackedAsync(actors, row, cancel)));
        }

        return views;
    }

    /// <summary>What a link offers; null when it cannot be used (any more).</summary>
    public async Task<InvitationOffer?> OfferAsync(string? token, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await InvitationRules.FindAsync(db, actors, token, time.GetUtcNow(), cancel) is not { } invitation)
            return null;
        var team = await db.Teams.Where(each => each.Id == invitation.TeamId).Select(each => each.Name).SingleAsync(cancel);
        var hasAccount = await db.Users.AnyAsync(user => user.NormalizedEmail == invitation.NormalizedEmail && (user.EmailConfirmed || user.DisabledAt != null), cancel);
        return new InvitationOffer(team, invitation.InvitedByName, invitation.Email, invitation.Role, invitation.LimitedTo.Count, invitation.ExpiresAt, hasAccount);
    }
}
