using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Tokens;

/// <summary>A token as pages show it; holds nothing with which it could be used.</summary>
/// <param name="UserName">In whose name it acts.</param>
/// <param name="ThingName">Where it works, as that was called when the token was made.</param>
/// <param name="IsWholePortal">It works in all teams.</param>
/// <param name="IsWholeTeam">It works in the whole team, not in a server, bench or site alone.</param>
/// <param name="Capabilities">In the order of the <see cref="CapabilityTable"/>.</param>
/// <param name="State">Whether it works.</param>
public sealed record ApiTokenView(
    Guid Id,
    string Name,
    string Prefix,
    string UserName,
    string ThingName,
    bool IsWholePortal,
    bool IsWholeTeam,
    IReadOnlyList<Capability> Capabilities,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt,
    string? LastUsedFrom,
    string? RevokedBy,
    ApiTokenState State);
