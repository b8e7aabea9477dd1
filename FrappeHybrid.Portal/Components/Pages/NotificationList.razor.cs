using FrappeHybrid.Core.Notifications;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>All that one was told, by day; filter and page are in the address.</summary>
public partial class NotificationList
{
    internal const int PageSize = 50;
    private IReadOnlyList<NotificationView> rows = [];
    private IReadOnlyList<TeamView> teams = [];
    private Guid? newest;
    private int total;
    private int unread;

    [SupplyParameterFromQuery]
    private string? Unread { get; set; }

    [SupplyParameterFromQuery]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery]
    private string? Team { get; set; }

    [SupplyParameterFromQuery]
    private int? Page { get; set; }

    [Inject]
    private NotificationQueries Notifications { get; set; } = null!;

    [Inject]
    private ReadNotification Read { get; set; } = null!;

    [Inject]
    private ReadAllNotifications ReadAll { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    private bool IsUnread => Unread == "yes";

    private NotificationKindRule? Rule => NotificationKinds.All.FirstOrDefault(rule => rule.Key == Kind);

    private Guid? TeamId => Guid.TryParse(Team, out var id) ? id : null;

    private int Skip => (Math.Clamp(Page ?? 1, 1, 10_000) - 1) * PageSize;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity == nameof(Notification) && (!IsLoaded || change.Id == Actor.UserId);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        teams = await Teams.MineAsync(Actor, cancel);
        unread = await Notifications.UnreadAsync(Actor, cancel);
        newest = (await Notifications.ListAsync(Actor, new NotificationFilter(), 0, 1, cancel)).Rows is [var first, ..] ? first.Id : null;
        (rows, total) = await Notifications.ListAsync(Actor, new NotificationFilter(IsUnread, Rule?.Kind, TeamId), Skip, PageSize, cancel);
    }

    // Another filter begins at its first page.
    private string With(string name, string? value) =>
        Navigation.GetUriWithQueryParameters(name == "page" ? new Dictionary<string, object?> { ["page"] = value } : new Dictionary<string, object?> { [name] = value, ["page"] = null });

    private void Go(string name, ChangeEventArgs chosen) => Navigation.NavigateTo(With(name, chosen.Value as string is { Length: > 0 } value ? value : null));

    // The page is left by the same click, and that must not stop it.
    private Task OpenAsync(NotificationView notification) => notification.IsRead ? Task.CompletedTask : Read.RunAsync(Actor, notification.Id, CancellationToken.None);

    private async Task ReadAllAsync()
    {
        if (newest is { } seen)
            await ReadAll.RunAsync(Actor, seen, Gone);
        await ReloadAsync();
    }
}
