using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>Under the head of a server, bench, site or team: that support may act there, that it asks to, and how support asks.</summary>
public partial class SupportNotice
{
    private IReadOnlyList<SupportAccessView> accesses = [];
    private ITimer? next;
    private Error? problem;
    private bool mayAsk;
    private bool isAsking;
    private bool isBusy;

    [Parameter, EditorRequired]
    public Place Place { get; set; }

    /// <summary>For what support asks here.</summary>
    [Parameter, EditorRequired]
    public Guid ThingId { get; set; }

    [Inject]
    private SupportAccessQueries Accesses { get; set; } = null!;

    [Inject]
    private EndSupportAccess EndSupportAccess { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(SupportAccess) && change.TeamId == Place.TeamId;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        accesses = await Accesses.AtAsync(Actor, Place, cancel);
        mayAsk = May(Capability.AskForAccess, Place.Portal) && !May(Place.Kind is PlaceKind.Site ? Capability.ManageSites : Capability.ManageBenches, Place) && !accesses.Any(access => access.MayEnd && !access.IsOpen);

        // An owner's page is told of no end that comes by itself: it looks again at that moment.
        next?.Dispose();
        next = accesses.Where(access => access.IsOpen).Min(access => access.Until) is { } until
            ? Time.CreateTimer(_ => _ = InvokeAsync(LookAgainAsync), null, until > Time.GetUtcNow() ? until - Time.GetUtcNow() : TimeSpan.Zero, Timeout.InfiniteTimeSpan)
            : null;
    }

    /// <inheritdoc/>
    protected override ValueTask LeaveAsync()
    {
        next?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task LookAgainAsync()
    {
        await ReloadAsync();
        StateHasChanged();
    }

    private async Task AskedAsync()
    {
        isAsking = false;
        await ReloadAsync();
    }

    private async Task EndAsync(SupportAccessView access)
    {
        isBusy = true;
        problem = (await EndSupportAccess.RunAsync(Actor, access.Id, Gone)).Error;
        isBusy = false;
        await ReloadAsync();
    }
}
