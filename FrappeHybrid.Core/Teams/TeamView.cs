namespace FrappeHybrid.Core.Teams;

/// <summary>A team as pages show it.</summary>
/// <param name="Role">The actor's role in it; null for staff that is no member.</param>
public sealed record TeamView(Guid Id, string Name, TeamRole? Role);
