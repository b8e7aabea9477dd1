using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>Whose desktop this is; for who has several teams, which of them the explorer and the lists show. It is remembered with the account.</summary>
public partial class TeamSwitcher
{
    private IReadOnlyList<TeamView> teams = [];
    private Guid? current;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    [Inject]
    private SwitchTeam SwitchTeam { get; set; } = null!;

    private string Shown => teams.FirstOrDefault(team => team.Id == current)?.Name ?? "All teams";

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Team);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        teams = await Teams.MineAsync(Actor, cancel);
        current = await Teams.CurrentAsync(Actor, cancel);
    }

    // The account's change tells all parts of this person's pages: explorer and lists read again by themselves.
    private async Task ChooseAsync(Guid? team)
    {
        await SwitchTeam.RunAsync(Actor, team, Gone);
        await ReloadAsync();
    }
}
