namespace FrappeHybrid.Core.Teams;

/// <summary>A customer organisation: owns servers; its members have roles.</summary>
public sealed class Team
{
    public required Guid Id { get; init; }

    /// <summary>1 to 80 characters.</summary>
    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public List<TeamMember> Members { get; } = [];
}
