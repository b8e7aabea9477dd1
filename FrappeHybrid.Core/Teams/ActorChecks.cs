using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Teams;

/// <summary>The question every act asks first, with the answer that an actor gets who may not.</summary>
public static class ActorChecks
{
    /// <summary>Null when the actor may; <see cref="Error.NotFound"/> when it may not even look, so that nobody learns what other teams have; "forbidden" otherwise.</summary>
    public static Error? Refuse(this Actor actor, Capability capability, Place place)
    {
        if (actor.May(capability, place))
            return null;
        actor.Refused?.Note(actor, capability, place);
        if (!actor.May(Capability.View, place))
            return Error.NotFound;
        if (actor.Limit is not null)
            return new Error("forbidden", "This token may look at this, but not change it.", $"It needs the right {capability} for it: make a token that has it, if you have it yourself.");
        return actor.Staff is StaffRole.Support
            ? new Error("forbidden", "Support looks at this, but does not change it.", "Ask the team's owner for access; it ends by itself.")
            : new Error("forbidden", "You may look at this, but not change it.", "Ask an owner or an admin of the team.");
    }

    /// <summary>Why a program may not do what only a person in a browser does; null for a person.</summary>
    public static Error? RefuseProgram(this Actor actor) =>
        actor.Limit is null ? null : new Error("forbidden", "A program does not do this in a person's name.", "Sign in with a browser and do it there.");

    /// <summary>The same for a thing.</summary>
    public static Error? Refuse(this Actor actor, Capability capability, ITeamOwned thing) => actor.Refuse(capability, thing.Place);
}
