using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Radzen;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>The tree: servers, their benches, their sites, each with its state as it is now.</summary>
public partial class Explorer
{
    private IReadOnlyList<ServerView> servers = [];
    private IReadOnlyList<BenchView> benches = [];
    private IReadOnlyList<SiteView> sites = [];
    private bool mayAdd;
    private bool mayOperate;
    private bool mayReadActivity;
    private ElementReference tree;

    [Inject]
    private ServerQueries Servers { get; set; } = null!;

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    [Inject]
    private SiteQueries Sites { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    [Inject]
    private Workspace Workspace { get; set; } = null!;

    [Inject]
    private ContextMenuService Menus { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Server) or nameof(Bench) or nameof(Site);

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Workspace.Changed += Redraw;
        Navigation.LocationChanged += OnLocationChanged;
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        mayAdd = Actor.MayAnywhere(Capability.ManageServers);
        mayOperate = Actor.MayAnywhere(Capability.OperatePortal);
        mayReadActivity = Actor.MayAnywhere(Capability.ViewActivity);
        var team = await Teams.CurrentAsync(Actor, cancel);
        servers = [.. (await Servers.ListAsync(Actor, cancel)).Where(server => team is null || server.TeamId == team)];
        benches = [.. (await Benches.ListAsync(Actor, null, cancel)).Where(bench => team is null || bench.TeamId == team)];
        sites = [.. (await Sites.ListAsync(Actor, null, cancel)).Where(site => team is null || site.TeamId == team)];
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await ScriptAsync(async () =>
            {
                await using var module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Layout/Explorer.razor.js");
                await module.InvokeVoidAsync("start", tree);
            });
        }
    }

    /// <inheritdoc/>
    protected override ValueTask LeaveAsync()
    {
        Workspace.Changed -= Redraw;
        Navigation.LocationChanged -= OnLocationChanged;
        return ValueTask.CompletedTask;
    }

    private string? IsAt(string path) => Navigation.PathOf() == path ? "here" : null;

    private void Redraw() => _ = InvokeAsync(StateHasChanged);

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => Redraw();

    private void OpenMenu(MouseEventArgs click, ServerView server)
    {
        var page = $"/servers/{server.Id}";
        List<ContextMenuItem> items = server.State is ServerState.Draft
            ? [Item("Continue set-up", $"{page}/setup")]
            : [Item("Open", page)];
        if (May(Capability.ManageBenches, server.Place) && server.State is ServerState.Active)
            items.Add(Item("New bench", $"/benches/new?server={server.Id}"));
        Show(click, items);
    }

    private void OpenMenu(MouseEventArgs click, BenchView bench)
    {
        List<ContextMenuItem> items = [Item("Open", $"/benches/{bench.Id}")];
        if (May(Capability.ManageSites, bench.Place) && bench.State is BenchState.Active)
            items.Add(Item("New site", $"/sites/new?bench={bench.Id}"));
        if (May(Capability.WatchConsoles, bench.Place) && bench.State is BenchState.Active)
            items.Add(Item("Console of backend", $"/benches/{bench.Id}/console/backend"));
        Show(click, items);
    }

    private void OpenMenu(MouseEventArgs click, SiteView site)
    {
        List<ContextMenuItem> items = [Item("Open", $"/sites/{site.Id}"), Item("Its bench", $"/benches/{site.BenchId}")];
        if (site.LastJobId is { } job)
            items.Add(Item("Last job", $"/jobs/{job}"));
        Show(click, items);
    }

    private static ContextMenuItem Item(string text, string href) => new() { Text = text, Value = href };

    private void Show(MouseEventArgs click, List<ContextMenuItem> items) => Menus.Open(click, items, chosen =>
    {
        Menus.Close();
        if (chosen.Value is string href)
            Navigation.NavigateTo(href);
    });
}
