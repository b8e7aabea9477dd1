using FrappeHybrid.Core.Servers;
using FrappeHybrid.Portal.Components.Layout;
using FrappeHybrid.Portal.Components.Pages.Setup;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>The wizard's first step. The draft is made when it is answered, so that looking at this page leaves nothing behind.</summary>
public partial class ServerNew
{
    private readonly ConnectionModel model = new();
    private IReadOnlyList<TeamView> teams = [];
    private Error? problem;
    private bool isBusy;
    private Guid? draft;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    [Inject]
    private CreateServer CreateServer { get; set; } = null!;

    [Inject]
    private UpdateServerConnection UpdateServerConnection { get; set; } = null!;

    [Inject]
    private SaveDraftStep SaveDraftStep { get; set; } = null!;

    [Inject]
    private Workspace Workspace { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => false;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        teams = [.. (await Teams.MineAsync(Actor, cancel)).Where(team => May(Capability.ManageServers, new Place(team.Id)))];
        if (model.TeamId == Guid.Empty && teams.Count > 0)
            model.TeamId = await Teams.CurrentAsync(Actor, cancel) is { } current && teams.Any(team => team.Id == current) ? current : teams[0].Id;
    }

    private async Task CreateAsync()
    {
        isBusy = true;
        problem = await CreateDraftAsync();
        isBusy = false;
        if (problem is null && draft is { } id)
        {
            Workspace.Close("/servers/new");
            Navigation.NavigateTo($"/servers/{id}/setup?step={SetupStep.HostKey.Key()}");
        }
    }

    private async Task<Error?> CreateDraftAsync()
    {
        // A draft whose address was refused is kept: the second try goes on with it.
        if (draft is null)
        {
            var created = await CreateServer.RunAsync(Actor, model.TeamId, model.Name.Trim(), Gone);
            if (!created.IsDone)
                return created.Error;
            draft = created.Value;
        }

        var updated = await UpdateServerConnection.RunAsync(Actor, draft.Value, model.ToConnection(), Gone);
        if (!updated.IsDone)
            return updated.Error;
        return (await SaveDraftStep.RunAsync(Actor, draft.Value, (int)SetupStep.Address, Gone)).Error;
    }
}
