namespace FrappeHybrid.Core.Teams;

/// <summary>A user in a team.</summary>
public sealed class TeamMember
{
    public required Guid TeamId { get; init; }

    public required Guid UserId { get; init; }

    public required TeamRole Role { get; set; }

    /// <summary>The role holds only in the <see cref="MemberPlace"/>s; with none of them left it holds nowhere. Never for owners and admins.</summary>
    public bool IsLimited { get; set; }
}
