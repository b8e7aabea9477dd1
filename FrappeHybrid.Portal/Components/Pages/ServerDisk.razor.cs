using System.Globalization;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Servers.Upkeep;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>What a server's disk is used for.</summary>
public partial class ServerDisk
{
    private static readonly TimeSpan WhileMeasuring = TimeSpan.FromSeconds(2);
    private ServerView? server;
    private DiskView? disk;
    private Error? problem;
    private bool isWaiting;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private ServerQueries Servers { get; set; } = null!;

    [Inject]
    private ServerUpkeep Upkeep { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity == nameof(Server) && change.Id == Id;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        server = await Servers.FindAsync(Actor, Id, cancel);
        if (server is not null)
            await ReadAsync(refresh: false, cancel);
    }

    private async Task MeasureAsync() => await ReadAsync(refresh: true, Gone);

    private async Task ReadAsync(bool refresh, CancellationToken cancel)
    {
        var answer = await Upkeep.DiskAsync(Actor, Id, refresh, cancel);
        problem = answer.Error;
        disk = answer.IsDone ? answer.Value : disk;
        if (disk is { Use.IsMeasuring: true } && problem is null && !isWaiting)
            _ = LookAgainAsync();
    }

    // The Agent stores nothing that could be pushed: while it measures, it is asked.
    private async Task LookAgainAsync()
    {
        isWaiting = true;
        try
        {
            await Task.Delay(WhileMeasuring, Time, Gone);
            isWaiting = false;
            await InvokeAsync(async () =>
            {
                await ReloadAsync();
                StateHasChanged();
            });
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // Left in between.
        }
    }

    // Where Docker has a disk of its own, its parts are no part of this one.
    private static IEnumerable<DiskPart> Shown(DiskUse use) => use.Parts
        .Where(part => !use.DockerElsewhere || part.Kind is not (DiskPartKind.Images or DiskPartKind.Containers or DiskPartKind.Databases))
        .OrderBy(part => part.Kind is DiskPartKind.Other)
        .ThenByDescending(part => part.Bytes);

    private static double Width(DiskPart part, DiskUse use) => use.TotalBytes <= 0 ? 0 : 100.0 * part.Bytes / use.TotalBytes;

    private static string Share(DiskPart part, DiskUse use) => Width(part, use) is var width && width < 1 ? "< 1 %" : string.Create(CultureInfo.InvariantCulture, $"{width:0} %");

    // A person knows a site by its name, not its database.
    private static string Owner(DiskItem item) => item.Site?.Value ?? item.Name;

    // Four colours for what a customer makes, paler for what lies behind; the rest is grey.
    private static string Class(DiskPartKind kind) => kind switch
    {
        DiskPartKind.Databases => "one",
        DiskPartKind.SiteFiles => "two",
        DiskPartKind.Backups => "three",
        DiskPartKind.Archived or DiskPartKind.Trash => "three pale",
        DiskPartKind.Images => "four",
        DiskPartKind.Containers or DiskPartKind.Benches => "four pale",
        DiskPartKind.Logs or DiskPartKind.Agent or DiskPartKind.Other => "rest",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind."),
    };

    private static string Title(DiskPartKind kind) => kind switch
    {
        DiskPartKind.Databases => "Databases",
        DiskPartKind.SiteFiles => "Sites' files",
        DiskPartKind.Backups => "Backups",
        DiskPartKind.Benches => "Benches",
        DiskPartKind.Images => "Images",
        DiskPartKind.Containers => "Containers",
        DiskPartKind.Archived => "Archived",
        DiskPartKind.Trash => "Dropped sites",
        DiskPartKind.Logs => "Logs",
        DiskPartKind.Agent => "Agent",
        DiskPartKind.Other => "System and other",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind."),
    };

    private string? Href(DiskItem item)
    {
        if (item.Site is { } site && disk!.Sites.TryGetValue(site.Value, out var siteId))
            return $"/sites/{siteId}";
        return item.Bench is { } bench && disk!.Benches.TryGetValue(bench.Value, out var benchId) ? $"/benches/{benchId}" : null;
    }
}
