using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.People;

/// <summary>A team in which somebody is.</summary>
/// <param name="IsLimited">Only in a part of it.</param>
public sealed record PersonTeam(Guid Id, string Name, TeamRole Role, bool IsLimited);
