namespace FrappeHybrid.Core.Teams;

/// <summary>Who acts. Every act takes one and asks <see cref="May"/> before it does anything.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Name">For the activity log.</param>
/// <param name="Staff">Whether it is staff of the hosting company.</param>
/// <param name="Teams">Role by team.</param>
public sealed record Actor(Guid UserId, string Name, StaffRole Staff, IReadOnlyDictionary<Guid, TeamRole> Teams)
{
    /// <summary>Sees everything: staff.</summary>
    public bool SeesAllTeams => Staff is StaffRole.Support or StaffRole.Operator;

    /// <summary>Whether this actor may do that in the team; for <see cref="Permission.OperatePortal"/> the team does not matter.</summary>
    public bool May(Permission permission, Guid teamId)
    {
        if (Staff is StaffRole.Operator)
            return true;
        if (Staff is StaffRole.Support && permission is (Permission.View or Permission.WatchConsoles))
            return true;
        if (!Teams.TryGetValue(teamId, out var role))
            return false;

        return permission switch
        {
            Permission.View => true,
            Permission.ManageServers or Permission.ManageBenches or Permission.ManageSites or Permission.WatchConsoles => role is TeamRole.Owner or TeamRole.Admin,
            Permission.OperatePortal => false,
            _ => throw new ArgumentOutOfRangeException(nameof(permission), permission, "Not a permission."),
        };
    }

    /// <summary>Whether there is any team in which this actor may do that: what a page without a team of its own asks.</summary>
    public bool MayAnywhere(Permission permission) => May(permission, Guid.Empty) || Teams.Keys.Any(team => May(permission, team));
}
