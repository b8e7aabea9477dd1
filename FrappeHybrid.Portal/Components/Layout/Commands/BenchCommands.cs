using FrappeHybrid.Core.Benches;
using FrappeHybrid.Portal.Components.Controls;

namespace FrappeHybrid.Portal.Components.Layout.Commands;

/// <summary>What is offered for a bench.</summary>
public static class BenchCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        Page("bench-open", "Open", IconName.Bench, "", Capability.View),
        new("bench-new-site", "New site here", IconName.Add, ThingKind.Bench) { Href = bench => $"/sites/new?bench={bench.Id}", Needs = Capability.ManageSites, Fits = IsActive },
        Page("bench-console", "Console of all services", IconName.Console, "/console", Capability.WatchConsoles, IsActive),
        Page("bench-console-backend", "Console of backend", IconName.Console, "/console/backend", Capability.WatchConsoles, IsActive),
        Page("bench-logs", "Log files", IconName.Console, "/logs", Capability.WatchConsoles, IsActive),
        Page("bench-terminal", "Terminal", IconName.Terminal, "/terminal/backend", Capability.OpenTerminals, IsActive),
        Page("bench-terminals", "Recorded terminals", IconName.Play, "/terminals", Capability.ViewActivity),
        Page("bench-doctor", "Doctor", IconName.Ok, "/doctor", Capability.View, IsActive),
        new("bench-restart", "Restart", IconName.Retry, ThingKind.Bench)
        {
            Act = (acts, actor, bench, cancel) => acts.RestartAsync(actor, bench, cancel),
            Needs = Capability.ManageBenches,
            Fits = IsActive,
            IsBulk = true,
            Question = "Visitors of its sites get no answer for some seconds; background jobs that run now may take a minute to end.",
        },
        new("bench-update", "Update all sites", IconName.Follow, ThingKind.Bench)
        {
            Act = (acts, actor, bench, cancel) => acts.UpdateBenchAsync(actor, bench, cancel),
            Began = (bench, _) => $"/benches/{bench.Id}/update",
            Needs = Capability.ManageSites,
            Fits = IsActive,
            IsBulk = true,
            Question = "Its sites move one after the other to the newest bench of the server that takes them. A site that fails goes back to its old version by itself.",
        },
        Page("bench-update-page", "Update …", IconName.Follow, "/update", Capability.ManageSites, IsActive),
        Page("bench-activity", "Activity", IconName.Eye, "/activity", Capability.ViewActivity),
        Page("bench-settings", "Settings", IconName.Bench, "/settings", Capability.ManageBenches, IsActive),
    ];

    private static bool IsActive(Thing bench) => bench.Bench is BenchState.Active;

    private static Command Page(string id, string text, IconName picture, string part, Capability needs, Func<Thing, bool>? fits = null) =>
        new(id, text, picture, ThingKind.Bench) { Href = bench => $"/benches/{bench.Id}{part}", Needs = needs, Fits = fits ?? (_ => true) };
}
