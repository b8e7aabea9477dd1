using FrappeHybrid.Core.Terminals;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>One terminal: who opened it, why, how it ended, and what it showed, played back.</summary>
public partial class TerminalPage
{
    private TerminalView? terminal;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private TerminalQueries Terminals { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Terminal) && change.Id == Id;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel) => terminal = await Terminals.FindAsync(Actor, Id, cancel);
}
