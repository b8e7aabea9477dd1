using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>The log files that Frappe writes, of a bench and its sites, one of them as a console; which one is in the address, the one that was written to last otherwise.</summary>
public partial class BenchLogs
{
    private BenchView? bench;
    private IReadOnlyList<LogFile>? files;
    private ConsoleSource? source;
    private Error? listProblem;
    private Guid asked;
    private bool mayRead;
    private bool isAsking;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>Name of the file.</summary>
    [SupplyParameterFromQuery]
    private string? File { get; set; }

    /// <summary>The site whose it is; none for one of the bench.</summary>
    [SupplyParameterFromQuery]
    private string? Site { get; set; }

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    [Inject]
    private BenchStatus Status { get; set; } = null!;

    [Inject]
    private Workspace Workspace { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change is { Entity: nameof(Bench) } && change.Id == Id;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        bench = await Benches.FindAsync(Actor, Id, cancel);
        mayRead = bench is not null && May(Capability.WatchConsoles, bench.Place);
        if (!mayRead)
            return;
        Choose();
        if (asked == Id)
            return;

        // Asked apart from the page: a server that is away must not keep the page from showing.
        asked = Id;
        _ = InvokeAsync(AskAsync);
    }

    private string Address(LogFile file) => $"/benches/{Id}/logs?site={Uri.EscapeDataString(file.Site?.Value ?? "")}&file={Uri.EscapeDataString(file.Name.Value)}";

    private bool IsChosen(LogFile file) => source is not null && file.Name == source.Log && file.Site == source.Site;

    /// <summary>The file of the address; without one, the newest that is there.</summary>
    private void Choose()
    {
        if (bench is null || !BenchName.TryParse(bench.Name, out var name))
            return;
        if (LogName.TryParse(File, out var log))
            source = ConsoleSource.OfFile(name, SiteName.TryParse(Site, out var site) ? site : null, log);
        else if (files?.MaxBy(each => each.ChangedAt) is { } newest)
            source ??= ConsoleSource.OfFile(name, newest.Site, newest.Name);
    }

    private async Task AskAsync()
    {
        isAsking = true;
        StateHasChanged();
        try
        {
            var list = await Status.LogFilesAsync(Actor, Id, Gone);
            (files, listProblem) = (list.IsDone ? list.Value : null, list.Error);
            Choose();
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }

        isAsking = false;
        StateHasChanged();
    }
}
