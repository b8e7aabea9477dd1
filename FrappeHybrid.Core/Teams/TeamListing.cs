namespace FrappeHybrid.Core.Teams;

/// <summary>A team with what is in it.</summary>
/// <param name="Role">The actor's role in it; null for staff that is no member, and for who is limited to a part of it.</param>
/// <param name="Members">How many members; null for who sees only a part of the team.</param>
/// <param name="Servers">How many servers of it the actor sees, without archived ones.</param>
/// <param name="Sites">How many sites of it the actor sees, without those that are gone.</param>
public sealed record TeamListing(Guid Id, string Name, TeamRole? Role, DateTimeOffset CreatedAt, int? Members, int Servers, int Sites);
