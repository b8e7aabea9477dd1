namespace FrappeHybrid.Core.Teams;

/// <summary>A customer organisation: owns servers; its members have roles.</summary>
public sealed class Team
{
    /// <summary>The most characters of <see cref="Name"/>.</summary>
    public const int LongestName = 80;

    public required Guid Id { get; init; }

    /// <summary>1 to 80 characters.</summary>
    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the operator removed it: then it has no members, and what it did stays in the record. Null: it is there.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    public List<TeamMember> Members { get; } = [];
}
