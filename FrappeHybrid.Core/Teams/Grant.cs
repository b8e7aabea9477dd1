namespace FrappeHybrid.Core.Teams;

/// <summary>A role, and where it holds.</summary>
/// <param name="Role">The role.</param>
/// <param name="Place">The whole team, or the server, bench or site to which it is limited, with those above it.</param>
/// <param name="Until">When it ends by itself; null when it does not.</param>
/// <param name="SupportAccessId">The <see cref="SupportAccess"/> that gives it; null for a membership.</param>
public sealed record Grant(TeamRole Role, Place Place, DateTimeOffset? Until = null, Guid? SupportAccessId = null);
