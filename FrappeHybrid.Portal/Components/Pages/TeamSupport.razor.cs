using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Where support asks to act in a team, where it may, and where it did.</summary>
public partial class TeamSupport
{
    private readonly Dictionary<Guid, int> chosen = [];
    private TeamListing? team;
    private List<SupportAccessView> asked = [];
    private List<SupportAccessView> open = [];
    private List<SupportAccessView> past = [];
    private ITimer? next;
    private Error? problem;
    private bool isBusy;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    [Inject]
    private SupportAccessQueries Accesses { get; set; } = null!;

    [Inject]
    private AnswerSupportAccess AnswerSupportAccess { get; set; } = null!;

    [Inject]
    private EndSupportAccess EndSupportAccess { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Team) or nameof(SupportAccess) && change.TeamId == Id;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        team = Actor.MaySeeAllOf(new Place(Id)) ? await Teams.FindAsync(Actor, Id, cancel) : null;
        var all = await Accesses.OfTeamAsync(Actor, Id, cancel);
        asked = [.. all.Where(access => access.State is SupportAccessState.Asked)];
        open = [.. all.Where(access => access.IsOpen)];
        past = [.. all.Except(asked).Except(open)];
        next?.Dispose();
        next = open.Min(access => access.Until) is { } until
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

    private void Choose(SupportAccessView access, ChangeEventArgs change)
    {
        if (int.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes))
            chosen[access.Id] = minutes;
    }

    private Task AnswerAsync(SupportAccessView access, bool isGranted) =>
        DoAsync(() => AnswerSupportAccess.RunAsync(Actor, access.Id, isGranted, isGranted ? chosen.GetValueOrDefault(access.Id, access.Minutes) : null, Gone));

    private Task EndAsync(SupportAccessView access) => DoAsync(() => EndSupportAccess.RunAsync(Actor, access.Id, Gone));

    private async Task DoAsync(Func<Task<Result>> act)
    {
        isBusy = true;
        problem = (await act()).Error;
        isBusy = false;
        await ReloadAsync();
    }
}
