using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Invitations;

/// <summary>What the holder of a link reads before an answer.</summary>
/// <param name="LimitedTo">How many servers, benches and sites it is limited to; 0 for the whole team.</param>
/// <param name="HasAccount">There is an account with the address: its owner signs in and accepts.</param>
public sealed record InvitationOffer(string TeamName, string InvitedByName, string Email, TeamRole Role, int LimitedTo, DateTimeOffset ExpiresAt, bool HasAccount);
