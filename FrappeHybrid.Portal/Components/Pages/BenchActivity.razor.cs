using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Benches;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Who did what to one bench.</summary>
public partial class BenchActivity
{
    private ActivityFilter filter = new();
    private BenchView? bench;
    private bool mayRead;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Bench) && change.Id == Id;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        bench = await Benches.FindAsync(Actor, Id, cancel);
        mayRead = bench is not null && May(Capability.ViewActivity, bench.Place);
        filter = new ActivityFilter { BenchId = Id };
    }
}
