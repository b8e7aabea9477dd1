using FrappeHybrid.Portal.Components.Controls;

namespace FrappeHybrid.Portal.Components.Layout.Commands;

/// <summary>Pages of the portal as a whole, and what is made anew.</summary>
public static class PageCommands
{
    public static Command NewServer { get; } = Page("add-server", "Add server", IconName.Add, "/servers/new", Capability.ManageServers, "n s");

    public static Command NewBench { get; } = Page("new-bench", "New bench", IconName.Add, "/benches/new", Capability.ManageBenches, "n b");

    public static Command NewSite { get; } = Page("new-site", "New site", IconName.Add, "/sites/new", Capability.ManageSites, "n i");

    public static Command Servers { get; } = Page("go-servers", "Servers", IconName.Server, "/servers", keys: "g s");

    public static Command Benches { get; } = Page("go-benches", "Benches", IconName.Bench, "/benches", keys: "g b");

    public static Command Sites { get; } = Page("go-sites", "Sites", IconName.Site, "/sites", keys: "g i");

    public static Command Jobs { get; } = Page("go-jobs", "Jobs", IconName.Job, "/jobs", keys: "g j");

    /// <summary>What the explorer has above its tree: the record, and the portal itself.</summary>
    public static IReadOnlyList<Command> OfPortal { get; } =
    [
        Page("go-activity", "Activity", IconName.Eye, "/activity", Capability.ViewActivity, "g a"),
        Page("go-releases", "Releases", IconName.Bench, "/releases", Capability.OperatePortal),
        Page("go-mail", "Mail", IconName.Mail, "/portal/mail", Capability.OperatePortal),
        Page("go-portal-backup", "Portal backup", IconName.Key, "/portal/backup", Capability.OperatePortal),
    ];

    /// <summary>What the menu of the person at the top has.</summary>
    public static IReadOnlyList<Command> OfPerson { get; } =
    [
        new("go-account", "Account", IconName.User) { Href = _ => "/account" },
        Page("go-tokens", "API tokens", IconName.Key, "/account/tokens"),
        Page("go-told-of", "What you are told of", IconName.Bell, "/account/notifications"),
        Page("go-teams", "Teams", IconName.Team, "/teams", keys: "g t"),
        Page("go-people", "People", IconName.User, "/people", Capability.OperatePortal),
        Page("go-support-access", "Support access", IconName.Key, "/support-access", Capability.AskForAccess),
    ];

    public static IReadOnlyList<Command> All { get; } =
    [
        NewServer,
        NewBench,
        NewSite,
        Page("go-overview", "Overview", IconName.Home, "/", keys: "g o"),
        Servers,
        Benches,
        Sites,
        Jobs,
        .. OfPortal,
        Page("go-trash", "Trash", IconName.Site, "/trash"),
        Page("go-notifications", "Notifications", IconName.Bell, "/notifications", keys: "g n"),
        .. OfPerson,
        Page("go-api", "API reference", IconName.Console, "/api"),
    ];

    private static Command Page(string id, string text, IconName picture, string href, Capability needs = Capability.View, string? keys = null) =>
        new(id, text, picture) { Href = _ => href, Needs = needs, Keys = keys is null ? [] : [keys] };
}
