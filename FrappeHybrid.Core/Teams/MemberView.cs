namespace FrappeHybrid.Core.Teams;

/// <summary>A member as the team's page shows it.</summary>
/// <param name="Limit">What the role is limited to; null for the whole team.</param>
/// <param name="LastSignInAt">Null when it is not known.</param>
/// <param name="IsDisabled">The account is closed by the operator.</param>
/// <param name="IsMe">It is the actor.</param>
public sealed record MemberView(Guid UserId, string Email, TeamRole Role, IReadOnlyList<TeamThing>? Limit, DateTimeOffset? LastSignInAt, bool HasSecondFactor, bool IsDisabled, bool IsMe);
