using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Servers.Upkeep;
using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>One server: how it is and why, what is on it.</summary>
public partial class ServerPage
{
    private ServerView? server;
    private RunView? play;
    private IReadOnlyList<BenchView> benches = [];
    private List<SiteView> sites = [];
    private IReadOnlyList<RunView> runs = [];
    private Error? problem;
    private bool mayManage;
    private bool isOutdated;
    private bool isBusy;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private ServerQueries Servers { get; set; } = null!;

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    [Inject]
    private SiteQueries Sites { get; set; } = null!;

    [Inject]
    private JobQueries Jobs { get; set; } = null!;

    [Inject]
    private PlayQueries Plays { get; set; } = null!;

    [Inject]
    private ServerUpkeep Upkeep { get; set; } = null!;

    [Inject]
    private SetUpServer SetUpServer { get; set; } = null!;

    [Inject]
    private RetryPlay RetryPlay { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is not (nameof(RunOutput) or nameof(PreflightReport));

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        server = await Servers.FindAsync(Actor, Id, cancel);
        if (server is null)
            return;
        mayManage = May(Capability.ManageServers, server.Place);
        isOutdated = await Upkeep.IsOutdatedAsync(server, cancel);
        play = await Plays.LastOfServerAsync(Actor, Id, cancel);
        benches = await Benches.ListAsync(Actor, Id, cancel);
        sites = [.. await Sites.OfServerAsync(Actor, Id, cancel)];
        runs = await Jobs.ListAsync(Actor, Id, null, null, 8, cancel);
    }

    // A play that failed goes on where it stopped; after one that ended well, a new one looks at everything again.
    private async Task SetUpAgainAsync()
    {
        isBusy = true;
        if (server is { State: ServerState.Broken } && play is { CanRetry: true } failed)
        {
            problem = (await RetryPlay.RunAsync(Actor, failed.Id, Gone)).Error;
            if (problem is null)
                Navigation.NavigateTo($"/plays/{failed.Id}");
        }
        else
        {
            var begun = await SetUpServer.RunAsync(Actor, Id, Gone);
            problem = begun.Error;
            if (begun.IsDone)
                Navigation.NavigateTo($"/plays/{begun.Value}");
        }

        isBusy = false;
    }
}
