using FrappeHybrid.Core.Servers;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>All servers that one may see; the filter is in the address.</summary>
public partial class ServerList
{
    private IReadOnlyList<ServerView> all = [];
    private List<ServerView> shown = [];

    [SupplyParameterFromQuery]
    private string? Find { get; set; }

    [Inject]
    private ServerQueries Servers { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Server);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        all = await Servers.ListAsync(Actor, cancel);
        shown = [.. all.Where(server => ListFilter.Matches(Find, server.Name, server.Address, server.Domain, server.TeamName))];
    }

    private static string Href(ServerView row) => row.State is ServerState.Draft ? $"/servers/{row.Id}/setup" : $"/servers/{row.Id}";

    private void Open(ServerView row) => Navigation.NavigateTo(Href(row));
}
