using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Tokens;

/// <summary>What <see cref="CreateApiToken"/> is asked for.</summary>
/// <param name="Name">What its owner calls it.</param>
/// <param name="TeamId">The team in which it works; empty for the whole portal, which staff alone may take.</param>
/// <param name="ThingId">A server, bench or site of the team; the team's own id for all of it.</param>
/// <param name="Capabilities">What it may do there; to look is always among it.</param>
/// <param name="Days">How long it lives, 1 to <see cref="ApiToken.LongestDays"/>.</param>
public sealed record ApiTokenRequest(string Name, Guid TeamId, Guid ThingId, IReadOnlyCollection<Capability> Capabilities, int Days);
