using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Teams;

/// <summary>The question every act asks first, with the answer that an actor gets who may not.</summary>
public static class ActorChecks
{
    /// <summary>Null when the actor may; <see cref="Error.NotFound"/> when it may not even look, so that nobody learns what other teams have; "forbidden" otherwise.</summary>
    public static Error? Refuse(this Actor actor, Permission permission, Guid teamId)
    {
        if (actor.May(permission, teamId))
            return null;
        return actor.May(Permission.View, teamId)
            ? new Error("forbidden", "You may look at this, but not change it.", "Ask an owner or an admin of the team.")
            : Error.NotFound;
    }
}
