using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>The live output of one service of a bench.</summary>
public partial class BenchConsole
{
    private BenchView? bench;
    private BenchService? service;

    [Parameter]
    public Guid Id { get; set; }

    [Parameter]
    public string ServiceName { get; set; } = "";

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    [Inject]
    private Workspace Workspace { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change is { Entity: nameof(Bench) } && change.Id == Id;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        bench = await Benches.FindAsync(Actor, Id, cancel);
        service = BenchServices.TryParse(ServiceName, out var known) ? known : null;
    }

    private void KeepInDock()
    {
        if (bench is not null && service is { } kept)
            Workspace.KeepConsole(new DockConsole(Id, bench.Name, kept));
    }
}
