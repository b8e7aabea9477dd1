using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Terminals;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>The terminals that were opened in one bench.</summary>
public partial class BenchTerminals
{
    private BenchView? bench;
    private IReadOnlyList<TerminalView> terminals = [];

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    [Inject]
    private TerminalQueries Terminals { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Terminal) || (change.Entity is nameof(Bench) && change.Id == Id);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        bench = await Benches.FindAsync(Actor, Id, cancel);
        terminals = await Terminals.ListAsync(Actor, Id, cancel);
    }
}
