using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Estate;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>What needs somebody, how much there is, what has just been done.</summary>
public partial class Overview
{
    private const int MachinesShown = 6;
    private const int NeedsShown = 12;
    private static readonly StateLook Fine = new(IconName.Ok, "ok", "All well");
    private IReadOnlyList<EstateServer> servers = [];
    private List<EstateServer> machines = [];
    private IReadOnlyList<EstateBench> benches = [];
    private IReadOnlyList<EstateSite> sites = [];
    private IReadOnlyList<RunView> runs = [];
    private List<Need> needs = [];
    private bool isShowingAll;

    [Inject]
    private EstateQueries Estate { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    [Inject]
    private RunningRuns Runs { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Server) or nameof(Bench) or nameof(Site) or nameof(Job) or nameof(Play);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var team = await Teams.CurrentAsync(Actor, cancel);
        var estate = await Estate.ReadAsync(Actor, team, cancel);
        (servers, benches, sites) = (estate.Servers, estate.Benches, estate.Sites);
        runs = await Runs.RecentAsync(Actor, 12, cancel);

        // Those with an Agent; first those that somebody should look at.
        machines = [.. servers.Where(server => server.State is ServerState.Active or ServerState.Unreachable or ServerState.Maintenance).OrderBy(server => server.State is ServerState.Active)];
        needs =
        [
            .. servers.Where(server => server.State is ServerState.Broken or ServerState.Unreachable).Select(server =>
                new Need(StateLook.Of(server.State), IconName.Server, server.Name, false, $"/servers/{server.Id}", server.StateReason ?? "", "Look")),
            .. benches.Where(bench => bench.State is BenchState.Broken).Select(bench =>
                new Need(StateLook.Of(bench.State), IconName.Bench, bench.Name, true, $"/benches/{bench.Id}", bench.StateReason ?? "", "Look")),
            .. sites.Where(site => site.State is SiteState.Fatal or SiteState.Recovered).OrderByDescending(site => site.State is SiteState.Fatal).Select(site =>
                new Need(StateLook.Of(site.State), IconName.Site, site.Name, true, $"/sites/{site.Id}/update", site.StateReason ?? "", site.State is SiteState.Fatal ? "Recover" : "Decide")),
            .. sites.Where(site => site.State is SiteState.Broken).Select(site =>
                new Need(StateLook.Of(site.State), IconName.Site, site.Name, true, $"/sites/{site.Id}", site.StateReason ?? "", "Look")),
            .. servers.Where(server => server.State is ServerState.Draft).Select(server =>
                new Need(StateLook.Of(server.State), IconName.Server, server.Name, false, $"/servers/{server.Id}/setup", "Its set-up was begun and not finished.", "Continue")),
        ];
    }

    private static string Rest(int good, int all) => all == 0 ? "none yet" : good == all ? "all active" : $"{good} active";

    private sealed record Need(StateLook Look, IconName Picture, string Name, bool IsName, string Href, string Why, string Act);
}
