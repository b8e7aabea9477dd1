using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Terminals;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>A shell in one service of a bench. Whoever comes back to the page within some minutes, or loads it again, finds the shell that was open.</summary>
public partial class BenchTerminal
{
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    private BenchView? bench;
    private BenchService? service;
    private Guid? shown;
    private BenchService? shownIn;
    private TerminalView? ended;
    private TerminalView? cutOff;
    private bool asksReason;
    private bool isOpening;
    private string reason = "";
    private Error? problem;

    [Parameter]
    public Guid Id { get; set; }

    [Parameter]
    public string ServiceName { get; set; } = "";

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    [Inject]
    private TerminalQueries Terminals { get; set; } = null!;

    [Inject]
    private TerminalSessions Sessions { get; set; } = null!;

    [Inject]
    private OpenTerminal Open { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Terminal) or nameof(Bench) or nameof(Core.Sites.Site);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        bench = await Benches.FindAsync(Actor, Id, cancel);
        service = BenchServices.TryParse(ServiceName, out var known) && TerminalServices.All.Contains(known) ? known : null;
        asksReason = await Terminals.AsksReasonAsync(Actor, Id, cancel);
        if (shownIn != service)
            (shown, ended, problem) = (null, null, null);
        if (service is not { } here || bench is null)
            return;

        cutOff = await FindCutOffAsync(here, cancel);

        // What has ended stays on the screen until its person has seen it.
        if (Sessions.FindOpen(Actor, Id, here) is { } open)
            (shown, shownIn, ended) = (open, here, null);
        else if (shown is { } over)
            ended = await Terminals.FindAsync(Actor, over, cancel) is { EndedAt: not null } view ? view : ended;
    }

    // Whoever comes back after the portal was away, or much later, is told why the shell is not there any more.
    private async Task<TerminalView?> FindCutOffAsync(BenchService here, CancellationToken cancel) =>
        (await Terminals.ListAsync(Actor, Id, cancel)).FirstOrDefault(terminal => terminal.Service == here && terminal.UserId == Actor.UserId)
            is { EndedAt: { } at, End: not (TerminalEnd.Exited or TerminalEnd.Closed) } last && Time.GetUtcNow() - at < Lately ? last : null;

    private async Task OpenAsync()
    {
        if (isOpening || service is not { } here)
            return;
        isOpening = true;
        try
        {
            var opened = await Open.RunAsync(Actor, Id, here, reason, Gone);
            problem = opened.Error;
            if (opened.IsDone)
                (shown, shownIn, ended) = (opened.Value, here, null);
        }
        finally
        {
            isOpening = false;
        }
    }

    private void Again() => (shown, ended, problem) = (null, null, null);
}
