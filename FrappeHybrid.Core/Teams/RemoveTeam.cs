using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>The operator removes a team that has no servers: nobody is in it any more, and what it did stays in the record.</summary>
public sealed class RemoveTeam(IDbContextFactory<PortalDb> databases, MembershipGate gate, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    /// <param name="name">The team's name, typed to confirm.</param>
    public async Task<Result> RunAsync(Actor actor, Guid teamId, string name, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Teams.SingleOrDefaultAsync(each => each.Id == teamId && each.ArchivedAt == null, cancel) is not { } team)
            return Error.NotFound;
        if (!string.Equals((name ?? "").Trim(), team.Name, StringComparison.Ordinal))
            return new Error("name-differs", "That is not the team's name.", $"Type {team.Name} to confirm.");
        var servers = await db.Servers.CountAsync(server => server.TeamId == teamId && server.State != ServerState.Archived, cancel);
        if (servers > 0)
            return new Error("team-has-servers", servers == 1 ? "The team has a server." : $"The team has {servers} servers.", "Take its servers out first, drafts included.");

        var members = await db.TeamMembers.Where(member => member.TeamId == teamId).ToListAsync(cancel);
        db.TeamMembers.RemoveRange(members);
        db.TeamInvitations.RemoveRange(await db.TeamInvitations.Where(invitation => invitation.TeamId == teamId).ToListAsync(cancel));
        var now = time.GetUtcNow();
        foreach (var access in await db.SupportAccesses.Where(each => each.TeamId == teamId && (each.State == SupportAccessState.Asked || (each.State == SupportAccessState.Granted && each.Until > now))).ToListAsync(cancel))
            access.Become(SupportAccessState.Ended, actor.Name, now);

        team.ArchivedAt = now;
        Record(db, actor, team, members.Count);
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    private void Record(PortalDb db, Actor actor, Team team, int members) =>
        db.Activity.Add(ActivityEntry.Of(time, actor, new Place(team.Id), "remove-team", $"Removed the team {team.Name}, which had {members} members and no server", team.Id));
}
