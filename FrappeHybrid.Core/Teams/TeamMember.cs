namespace FrappeHybrid.Core.Teams;

/// <summary>A user in a team.</summary>
public sealed class TeamMember
{
    public required Guid TeamId { get; init; }

    public required Guid UserId { get; init; }

    public required TeamRole Role { get; set; }
}
