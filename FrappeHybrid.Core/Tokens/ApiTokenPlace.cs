using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Tokens;

/// <summary>A place in which a token of the actor's could work.</summary>
/// <param name="Place">It.</param>
/// <param name="ThingId">The id of what it is; empty for the whole portal.</param>
/// <param name="Name">For a person; a thing in a team has the team's name with it when there are several.</param>
/// <param name="Offered">What a token may be given there: what the actor itself may.</param>
public sealed record ApiTokenPlace(Place Place, Guid ThingId, string Name, IReadOnlyList<Capability> Offered);
