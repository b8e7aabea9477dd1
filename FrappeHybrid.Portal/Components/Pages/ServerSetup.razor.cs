using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Portal.Components.Layout;
using FrappeHybrid.Portal.Components.Pages.Setup;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>The wizard of a draft. The step is in the address; what is done is read from the server, so that leaving and coming back loses nothing.</summary>
public partial class ServerSetup
{
    private ServerView? server;
    private PreflightReport? report;
    private RunView? play;
    private ConnectionModel model = new();
    private SetupStep current = SetupStep.Address;
    private SetupStep? modelStep;
    private Error? problem;
    private bool isBusy;

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery]
    private string? Step { get; set; }

    [Inject]
    private ServerQueries Servers { get; set; } = null!;

    [Inject]
    private PlayQueries Plays { get; set; } = null!;

    [Inject]
    private UpdateServerConnection UpdateServerConnection { get; set; } = null!;

    [Inject]
    private SaveDraftStep SaveDraftStep { get; set; } = null!;

    [Inject]
    private RetryPlay RetryPlay { get; set; } = null!;

    [Inject]
    private RemoveServerDraft RemoveServerDraft { get; set; } = null!;

    [Inject]
    private Workspace Workspace { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Server) or nameof(PreflightReport) or nameof(Play);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        server = await Servers.FindAsync(Actor, Id, cancel);
        if (server is null)
            return;
        report = await Servers.PreflightAsync(Actor, Id, cancel);
        play = server.State is ServerState.Draft ? null : await Plays.LastOfServerAsync(Actor, Id, cancel);
        current = Choose(server);
        if (current is SetupStep.Address && modelStep is not SetupStep.Address)
            model = ConnectionModel.Of(server);
        modelStep = current;
    }

    // The step that was asked for when it is open, else the first that is not done.
    private SetupStep Choose(ServerView draft)
    {
        if (draft.State is not ServerState.Draft)
            return SetupStep.SetUp;
        if (SetupSteps.Find(Step) is { } asked and not SetupStep.SetUp && asked.IsOpen(draft, report))
            return asked;
        return SetupSteps.All.First(step => step is SetupStep.Review || !step.IsDone(draft, report));
    }

    private async Task SaveAddressAsync()
    {
        isBusy = true;
        problem = (await UpdateServerConnection.RunAsync(Actor, Id, model.ToConnection(), Gone)).Error;
        isBusy = false;
        if (problem is null)
            await NextAsync(SetupStep.Address);
    }

    private async Task NextAsync(SetupStep done)
    {
        problem = null;
        if (done is not SetupStep.Review)
            problem = (await SaveDraftStep.RunAsync(Actor, Id, (int)done, Gone)).Error;
        if (problem is null)
            Navigation.NavigateTo($"/servers/{Id}/setup?step={(done + 1).Key()}");
        await ReloadAsync();
    }

    private async Task RetryAsync()
    {
        if (play is not null)
            problem = (await RetryPlay.RunAsync(Actor, play.Id, Gone)).Error;
        await ReloadAsync();
    }

    private async Task RemoveAsync()
    {
        if (server is null || !await Dialogs.ConfirmByNameAsync("Remove this draft", server.Name, "The draft and the key made for it are gone. Nothing was done to the machine; a key that you added there can be deleted.", "Remove draft"))
            return;
        problem = (await RemoveServerDraft.RunAsync(Actor, Id, Gone)).Error;
        if (problem is null)
        {
            Workspace.Close(Navigation.PathOf());
            Navigation.NavigateTo("/servers");
        }
    }
}
