using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>The live output of one service of a bench, or of all of them joined; others may stand beside it.</summary>
public partial class BenchConsole
{
    private BenchView? bench;
    private ConsoleSource? source;
    private IReadOnlyList<ConsoleSource> choices = [];

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>One service; all of them when there is none.</summary>
    [Parameter]
    public string? ServiceName { get; set; }

    [SupplyParameterFromQuery(Name = ConsoleGrid.Query)]
    private string? Beside { get; set; }

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
        if (bench is null || !BenchName.TryParse(bench.Name, out var name))
            return;
        source = string.IsNullOrEmpty(ServiceName) ? ConsoleSource.OfBench(name) : BenchServices.TryParse(ServiceName, out var known) ? ConsoleSource.OfService(name, known) : null;
        choices =
        [
            ConsoleSource.OfBench(name), .. BenchServices.All.Select(service => ConsoleSource.OfService(name, service)),
            .. May(Capability.WatchConsoles, new Place(bench.TeamId, bench.ServerId)) ? ServerConsole.Sources : [],
        ];
    }

    private string AddressOf(BenchService? service) => service is { } one ? $"/benches/{Id}/console/{one.Name()}" : $"/benches/{Id}/console";
}
