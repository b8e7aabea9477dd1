using FrappeHybrid.Core.Servers;
using FrappeHybrid.Portal.Components.Controls;

namespace FrappeHybrid.Portal.Components.Layout.Commands;

/// <summary>What is offered for a server.</summary>
public static class ServerCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        Page("server-open", "Open", IconName.Server, "", Capability.View, server => server.Server is not ServerState.Draft),
        Page("server-set-up", "Continue set-up", IconName.Server, "/setup", Capability.ManageServers, server => server.Server is ServerState.Draft),
        new("server-new-bench", "New bench here", IconName.Add, ThingKind.Server)
        {
            Href = server => $"/benches/new?server={server.Id}", Needs = Capability.ManageBenches, Fits = server => server.Server is ServerState.Active,
        },
        Page("server-console-agent", "Log of the Agent", IconName.Console, "/console/agent", Capability.WatchConsoles, IsSetUp),
        Page("server-console-access", "Requests to nginx", IconName.Console, "/console/nginx-access", Capability.WatchConsoles, IsSetUp),
        Page("server-console-errors", "Errors of nginx", IconName.Console, "/console/nginx-error", Capability.WatchConsoles, IsSetUp),
        Page("server-disk", "Disk use", IconName.Server, "/disk", Capability.View, IsSetUp),
        Page("server-activity", "Activity", IconName.Eye, "/activity", Capability.ViewActivity, IsSetUp),
        Page("server-settings", "Settings: reboot, upgrade the Agent", IconName.Server, "/settings", Capability.ManageServers, IsSetUp),
        Page("server-take-out", "Take out", IconName.Close, "/take-out", Capability.ManageServers, server => server.Server is ServerState.Active or ServerState.Unreachable),
    ];

    private static bool IsSetUp(Thing server) => server.Server is not (ServerState.Draft or ServerState.Archived);

    private static Command Page(string id, string text, IconName picture, string part, Capability needs, Func<Thing, bool> fits) =>
        new(id, text, picture, ThingKind.Server) { Href = server => $"/servers/{server.Id}{part}", Needs = needs, Fits = fits };
}
