using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Invitations;

/// <summary>An open invitation as the team's page shows it.</summary>
/// <param name="Limit">Names of what it is limited to; null for the whole team.</param>
/// <param name="IsExpired">Its link is too old; sending it again makes a new one.</param>
/// <param name="IsBacked">Whoever sent it may still invite; otherwise its link does not work.</param>
public sealed record InvitationView(Guid Id, string Email, TeamRole Role, IReadOnlyList<TeamThing>? Limit, string InvitedByName, DateTimeOffset SentAt, DateTimeOffset ExpiresAt, bool IsExpired, bool IsBacked);
