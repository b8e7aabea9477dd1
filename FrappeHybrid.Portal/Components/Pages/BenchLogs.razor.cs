using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>The log files that Frappe writes, of a bench and its sites, and the end of one of them; which one is in the address.</summary>
public partial class BenchLogs
{
    private BenchView? bench;
    private IReadOnlyList<LogFile>? files;
    private LogText? text;
    private Error? listProblem;
    private Error? textProblem;
    private string asked = "";
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

    /// <summary>How much of it.</summary>
    [SupplyParameterFromQuery]
    private int? Size { get; set; }

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    [Inject]
    private BenchStatus Status { get; set; } = null!;

    private int Bytes => Math.Clamp(Size ?? LogText.UsualBytes, 1024, LogText.MostBytes);

    private string MoreAddress => $"/benches/{Id}/logs?site={Uri.EscapeDataString(Site ?? "")}&file={Uri.EscapeDataString(File ?? "")}&size={LogText.MostBytes}";

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change is { Entity: nameof(Bench) } && change.Id == Id;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        bench = await Benches.FindAsync(Actor, Id, cancel);
        mayRead = bench is not null && May(Capability.WatchConsoles, bench.Place);
        var wanted = $"{Id} {Site} {File} {Bytes}";
        if (!mayRead || asked == wanted)
            return;

        // Asked apart from the page: a server that is away must not keep the page from showing.
        asked = wanted;
        text = null;
        _ = InvokeAsync(AskAsync);
    }

    private string Address(LogFile file) => $"/benches/{Id}/logs?site={Uri.EscapeDataString(file.Site?.Value ?? "")}&file={Uri.EscapeDataString(file.Name.Value)}";

    private bool IsChosen(LogFile file) => file.Name.Value == File && (file.Site?.Value ?? "") == (Site ?? "");

    private async Task AskAsync()
    {
        isAsking = true;
        StateHasChanged();
        try
        {
            var list = await Status.LogFilesAsync(Actor, Id, Gone);
            (files, listProblem) = (list.IsDone ? list.Value : null, list.Error);
            if (list.IsDone && LogName.TryParse(File, out var name))
            {
                var site = SiteName.TryParse(Site, out var of) ? of : null;
                var read = await Status.LogTextAsync(Actor, Id, site, name, Bytes, Gone);
                (text, textProblem) = (read.IsDone ? read.Value : null, read.Error);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }

        isAsking = false;
        StateHasChanged();
    }
}
