using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Servers.Upkeep;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>All servers that one may see; the filter is in the address.</summary>
public partial class ServerList
{
    private IReadOnlyList<ServerView> all = [];
    private List<ServerView> shown = [];
    private Error? problem;
    private string? said;
    private int outdated;
    private bool isBusy;

    [SupplyParameterFromQuery]
    private string? Find { get; set; }

    [Inject]
    private ServerQueries Servers { get; set; } = null!;

    [Inject]
    private ServerUpkeep Upkeep { get; set; } = null!;

    [Inject]
    private UpgradeAllAgents UpgradeAllAgents { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Server);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var team = await Teams.CurrentAsync(Actor, cancel);
        all = [.. (await Servers.ListAsync(Actor, cancel)).Where(server => team is null || server.TeamId == team)];
        outdated = 0;
        foreach (var server in all.Where(server => server.State is ServerState.Active))
            outdated += await Upkeep.IsOutdatedAsync(server, cancel) ? 1 : 0;
        shown = [.. all.Where(server => ListFilter.Matches(Find, server.Name, server.Address, server.Domain, server.TeamName))];
    }

    private async Task UpgradeAllAsync()
    {
        isBusy = true;
        var begun = await UpgradeAllAgents.RunAsync(Actor, Gone);
        problem = begun.Error;
        said = begun.IsDone ? $"{Human.Count(begun.Value, "Agent")} are being upgraded, one after the other; it stops at the first that fails." : null;
        await ReloadAsync();
        isBusy = false;
    }

    private static string Href(ServerView row) => row.State is ServerState.Draft ? $"/servers/{row.Id}/setup" : $"/servers/{row.Id}";

    private static string? Memory(ServerView row) => row.Facts is { } facts ? Human.Share(facts.MemoryTotalBytes - facts.MemoryAvailableBytes, facts.MemoryTotalBytes) : null;

    private static string? Disk(ServerView row) => row.Facts is { } facts ? Human.Share(facts.DiskTotalBytes - facts.DiskFreeBytes, facts.DiskTotalBytes) : null;
}
