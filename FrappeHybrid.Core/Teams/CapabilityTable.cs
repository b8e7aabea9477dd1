using System.Globalization;
using System.Text;

namespace FrappeHybrid.Core.Teams;

/// <summary>Who may do what: the only source. docs/security.md holds it as a table, and a test compares them.</summary>
public static class CapabilityTable
{
    /// <summary>The role that support has where an owner has let it in, until the time is over.</summary>
    public const TeamRole GrantedToSupport = TeamRole.Developer;

    private static readonly TeamRole[] Owners = [TeamRole.Owner];
    private static readonly TeamRole[] Admins = [TeamRole.Owner, TeamRole.Admin];
    private static readonly TeamRole[] Developers = [TeamRole.Owner, TeamRole.Admin, TeamRole.Developer];
    private static readonly TeamRole[] Everybody = [TeamRole.Owner, TeamRole.Admin, TeamRole.Developer, TeamRole.Viewer];
    private static readonly StaffRole[] AllStaff = [StaffRole.Support, StaffRole.Operator];
    private static readonly StaffRole[] Operators = [StaffRole.Operator];

    /// <summary>One rule for each capability, in the order in which people read them.</summary>
    public static IReadOnlyList<CapabilityRule> Rules { get; } =
    [
        new(Capability.View, PlaceKind.Site, "see servers, benches, sites, backups and jobs", Everybody, AllStaff),
        new(Capability.WatchConsoles, PlaceKind.Bench, "watch live logs, read log files", Developers, AllStaff),
        new(Capability.ViewActivity, PlaceKind.Site, "read the record of who did what", Developers, AllStaff),
        new(Capability.ManageSites, PlaceKind.Site, "create and change sites, take and fetch backups, sign in as Administrator", Developers, Operators),
        new(Capability.ManageBenches, PlaceKind.Bench, "create and change benches", Developers, Operators),
        new(Capability.OpenTerminals, PlaceKind.Bench, "open a shell in a service of a bench (people only, no API token)", Developers, Operators, IsForPrograms: false),
        new(Capability.ManageServers, PlaceKind.Server, "add, set up and change servers", Admins, Operators),
        new(Capability.ManageMembers, PlaceKind.Team, "invite people, change their roles, remove them", Admins, Operators),
        new(Capability.ManageWebhooks, PlaceKind.Team, "set up webhooks, read what they delivered", Admins, Operators),
        new(Capability.OwnTeam, PlaceKind.Team, "rename or give away the team, let support act in it", Owners, Operators),
        new(Capability.AskForAccess, PlaceKind.Portal, "ask a team to be let in for a time", [], [StaffRole.Support]),
        new(Capability.OperatePortal, PlaceKind.Portal, "run the portal: releases, registry, e-mail, its own backup, all teams", [], Operators),
    ];

    /// <summary>The rule of a capability.</summary>
    public static CapabilityRule Of(Capability capability) => Rules.Single(rule => rule.Capability == capability);

    /// <summary>Whether a member with the role has it where the role holds.</summary>
    public static bool Has(TeamRole role, Capability capability) => Of(capability).Roles.Contains(role);

    /// <summary>Whether staff with the role has it everywhere.</summary>
    public static bool Has(StaffRole staff, Capability capability) => Of(capability).Staff.Contains(staff);

    /// <summary>The table as docs/security.md has it.</summary>
    public static string ToMarkdown()
    {
        var text = new StringBuilder("| capability | asked for a | Owner | Admin | Developer | Viewer | Support | Operator | means |\n|---|---|---|---|---|---|---|---|---|\n");
        foreach (var rule in Rules)
        {
            var roles = Enum.GetValues<TeamRole>().Select(role => rule.Roles.Contains(role) ? "yes" : "no");
            var staff = new[] { StaffRole.Support, StaffRole.Operator }.Select(role => rule.Staff.Contains(role) ? "everywhere" : "no");
            text.Append(CultureInfo.InvariantCulture, $"| {rule.Capability} | {rule.Kind.ToString().ToLowerInvariant()} | {string.Join(" | ", roles)} | {string.Join(" | ", staff)} | {rule.Meaning} |\n");
        }

        return text.ToString();
    }
}
