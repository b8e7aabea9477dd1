using FrappeHybrid.Portal.Components.Controls;

namespace FrappeHybrid.Portal.Components.Layout.Commands;

/// <summary>Pages of the portal as a whole, and what is made anew.</summary>
public static class PageCommands
{
    public static Command NewServer { get; } = Page("add-server", "Add server", IconName.Add, "/servers/new", Capability.ManageServers, "n s");

    public static Command NewBench { get; } = Page("new-bench", "New bench", IconName.Add, "/benches/new", Capability.ManageBenches, "n b");

    public static Command NewSite { get; } = Page("new-site", "New site", IconName.Add, "/sites/new", Capability.ManageSites, "n i");

    public static IReadOnlyList<Command> All { get; } =
    [
        NewServer,
        NewBench,
        NewSite,
        Page("go-overview", "Overview", IconName.Home, "/", keys: "g o"),
        Page("go-servers", "Servers", IconName.Server, "/servers", keys: "g s"),
        Page("go-benches", "Benches", IconName.Bench, "/benches", keys: "g b"),
        Page("go-sites", "Sites", IconName.Site, "/sites", keys: "g i"),
        Page("go-jobs", "Jobs", IconName.Job, "/jobs", keys: "g j"),
        Page("go-activity", "Activity", IconName.Eye, "/activity", Capability.ViewActivity, "g a"),
        Page("go-trash", "Trash", IconName.Site, "/trash"),
        Page("go-teams", "Teams", IconName.Team, "/teams", keys: "g t"),
        Page("go-notifications", "Notifications", IconName.Bell, "/notifications", keys: "g n"),
        Page("go-told-of", "What you are told of", IconName.Bell, "/account/notifications"),
        Page("go-tokens", "API tokens", IconName.Key, "/account/tokens"),
        Page("go-api", "API reference", IconName.Console, "/api"),
        new("go-account", "Account", IconName.User) { Href = _ => "/account" },
        Page("go-releases", "Releases", IconName.Bench, "/releases", Capability.OperatePortal),
        Page("go-people", "People", IconName.User, "/people", Capability.OperatePortal),
        Page("go-mail", "Mail", IconName.Mail, "/portal/mail", Capability.OperatePortal),
        Page("go-portal-backup", "Portal backup", IconName.Key, "/portal/backup", Capability.OperatePortal),
        Page("go-support-access", "Support access", IconName.Key, "/support-access", Capability.AskForAccess),
    ];

    private static Command Page(string id, string text, IconName picture, string href, Capability needs = Capability.View, string? keys = null) =>
        new(id, text, picture) { Href = _ => href, Needs = needs, Keys = keys is null ? [] : [keys] };
}
