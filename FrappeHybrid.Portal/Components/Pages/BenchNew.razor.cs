using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Servers;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Asks which release, where, and by which name.</summary>
public partial class BenchNew
{
    private List<ServerView> servers = [];
    private IReadOnlyList<Release> releases = [];
    private Guid serverId;
    private Guid releaseId;
    private string name = "";
    private Error? problem;
    private bool isBusy;

    [SupplyParameterFromQuery]
    private Guid? Server { get; set; }

    [Inject]
    private ServerQueries Servers { get; set; } = null!;

    [Inject]
    private ReleaseQueries Releases { get; set; } = null!;

    [Inject]
    private CreateBench CreateBench { get; set; } = null!;

    private string? NameProblem => name.Length > 0 && !BenchName.TryParse(name, out _) ? BenchName.Rule : null;

    private bool CanCreate => !isBusy && BenchName.TryParse(name, out _) && releaseId != Guid.Empty && serverId != Guid.Empty;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Core.Servers.Server);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        servers = [.. (await Servers.ListAsync(Actor, cancel)).Where(server => server.State is ServerState.Active && May(Capability.ManageBenches, server.Place))];
        releases = await Releases.OfferedAsync(cancel);
        if (serverId == Guid.Empty && servers.Count > 0)
            serverId = servers.FirstOrDefault(server => server.Id == Server)?.Id ?? servers[0].Id;
        if (releaseId == Guid.Empty && releases.Count > 0)
            releaseId = releases[0].Id;
    }

    private async Task CreateAsync()
    {
        if (!CanCreate)
            return;
        isBusy = true;
        var created = await CreateBench.RunAsync(Actor, serverId, name.Trim(), releaseId, Gone);
        problem = created.Error;
        isBusy = false;
        if (created.IsDone)
            Navigation.NavigateTo($"/benches/{created.Value}");
    }
}
