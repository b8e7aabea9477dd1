using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>The teams that one is in; for staff all that there are.</summary>
public partial class TeamList
{
    private IReadOnlyList<TeamListing> all = [];
    private List<TeamListing> shown = [];
    private Error? problem;
    private string name = "";
    private bool mayCreate;
    private bool isAdding;
    private bool isBusy;

    [SupplyParameterFromQuery]
    private string? Find { get; set; }

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    [Inject]
    private CreateTeam CreateTeam { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Team) or nameof(Server) or nameof(Site) or LiveChange.Access;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        mayCreate = CreateTeam.IsOpenToAll || May(Capability.OperatePortal, Place.Portal);
        all = await Teams.ListAsync(Actor, cancel);
        shown = [.. all.Where(team => ListFilter.Matches(Find, team.Name))];
    }

    private void Close()
    {
        isAdding = false;
        (problem, name) = (null, "");
    }

    private async Task CreateAsync()
    {
        isBusy = true;
        var made = await CreateTeam.RunAsync(Actor, name, Gone);
        problem = made.Error;
        isBusy = false;
        if (made.IsDone)
            Navigation.NavigateTo($"/teams/{made.Value}");
    }
}
