namespace FrappeHybrid.Core.Teams;

/// <summary>A row of the <see cref="CapabilityTable"/>.</summary>
/// <param name="Capability">What.</param>
/// <param name="Kind">The narrowest place for which it is asked; whoever has it for a wider place has it there too.</param>
/// <param name="Meaning">For a person, e.g. "watch live logs".</param>
/// <param name="Roles">Members with these roles have it in their team, or in the part of it to which they are limited.</param>
/// <param name="Staff">Staff who have it in every team.</param>
/// <param name="IsForPrograms">Whether an API token can have it.</param>
public sealed record CapabilityRule(Capability Capability, PlaceKind Kind, string Meaning, IReadOnlyList<TeamRole> Roles, IReadOnlyList<StaffRole> Staff, bool IsForPrograms = true);
