using FrappeHybrid.Portal.Components.Controls;
using System.Globalization;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Servers.Upkeep;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>A server's upkeep: its Agent, clean-up, reboot, taking it out.</summary>
public partial class ServerSettings
{
    private const int JobDays = 30;
    private ServerView? server;
    private RunView? play;
    private CleanUpPlan? plan;
    private Guid? cleanUp;
    private Error? problem;
    private string archived = "";
    private int? plannedDays;
    private bool isOutdated;
    private bool isBusy;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private ServerQueries Servers { get; set; } = null!;

    [Inject]
    private ServerUpkeep Upkeep { get; set; } = null!;

    [Inject]
    private PlayQueries Plays { get; set; } = null!;

    [Inject]
    private CleanUpServer CleanUpServer { get; set; } = null!;

    [Inject]
    private RebootServer RebootServer { get; set; } = null!;

    [Inject]
    private UpgradeAgent UpgradeAgent { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    private bool CanWork => server is { State: ServerState.Active or ServerState.Unreachable or ServerState.Broken } && May(Capability.ManageServers, server.Place);

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Server) or nameof(Play) or nameof(PlayTask);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        server = await Servers.FindAsync(Actor, Id, cancel);
        if (server is null)
            return;
        play = await Plays.LastOfServerAsync(Actor, Id, cancel);
        isOutdated = await Upkeep.IsOutdatedAsync(server, cancel);
        cleanUp ??= await Upkeep.LastCleanUpAsync(Actor, Id, cancel);
    }

    private async Task PreviewAsync()
    {
        isBusy = true;
        plannedDays = int.TryParse(archived, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null;
        var answer = await Upkeep.CleanUpPlanAsync(Actor, Id, plannedDays, JobDays, Gone);
        (problem, plan) = (answer.Error, answer.IsDone ? answer.Value : null);
        isBusy = false;
    }

    private async Task CleanUpAsync()
    {
        isBusy = true;
        var begun = await CleanUpServer.RunAsync(Actor, Id, plan!.Digest, plannedDays, JobDays, Gone);
        problem = begun.Error;
        if (begun.IsDone)
            (cleanUp, plan) = (begun.Value, null);
        isBusy = false;
    }

    private Task UpgradeAsync() => BeginAsync(() => UpgradeAgent.RunAsync(Actor, Id, Gone));

    private async Task RebootAsync()
    {
        if (await Dialogs.ConfirmByNameAsync("Reboot server", server!.Name, "All sites of this server are down until it is back.", "Reboot"))
            await BeginAsync(() => RebootServer.RunAsync(Actor, Id, Gone));
    }

    private async Task BeginAsync(Func<Task<Result<Guid>>> order)
    {
        isBusy = true;
        var begun = await order();
        problem = begun.Error;
        if (begun.IsDone)
            Navigation.NavigateTo($"/plays/{begun.Value}");
        isBusy = false;
    }

    private static string Title(CleanUpKind kind) => kind switch
    {
        CleanUpKind.Container => "Container",
        CleanUpKind.Network => "Network",
        CleanUpKind.Volume => "Volume",
        CleanUpKind.Image => "Image",
        CleanUpKind.Archived => "Archived",
        CleanUpKind.JobHistory => "Job output",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind."),
    };
}
