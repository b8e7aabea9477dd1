using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Teams;

/// <summary>What acts on a team and on who is in it check alike.</summary>
internal static class TeamRules
{
    /// <summary>Only owners decide who is one.</summary>
    public static readonly Error OwnersOnly = new("owners-only", "Only an owner makes somebody an owner, or takes it away.", "Ask an owner of the team.");

    /// <summary>A team always has an owner.</summary>
    public static readonly Error LastOwner = new("last-owner", "This is the team's last owner.", "Make somebody else an owner first, or give the team away on its settings page.");

    /// <summary>Owners and admins work in the whole team.</summary>
    public static readonly Error RoleNotLimited = new("role-not-limited", "Only developers and viewers can be limited to a part of the team.", "Choose one of these roles, or the whole team.");

    /// <summary>The name as it is stored.</summary>
    public static Result<string> CheckName(string? name)
    {
        name = (name ?? "").Trim();
        return name.Length is 0 or > Team.LongestName || name.Any(char.IsControl) ? new Error("team-name-invalid", $"A team's name has 1 to {Team.LongestName} characters.") : name;
    }

    /// <summary>Whether members with the role may be limited.</summary>
    public static bool CanBeLimited(TeamRole role) => role is TeamRole.Developer or TeamRole.Viewer;
}
