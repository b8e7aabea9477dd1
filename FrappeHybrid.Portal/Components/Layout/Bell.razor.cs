using FrappeHybrid.Core.Notifications;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>What happened, at the top of every page: how much is not read yet, and the newest of it.</summary>
public partial class Bell
{
    private const int Most = 30;
    private ElementReference button;
    private ElementReference over;
    private IReadOnlyList<NotificationView> newest = [];
    private int unread;
    private bool hasSeveralTeams;
    private bool isOpen;
    private bool takesFocus;

    [Inject]
    private NotificationQueries Notifications { get; set; } = null!;

    [Inject]
    private ReadNotification Read { get; set; } = null!;

    [Inject]
    private ReadAllNotifications ReadAll { get; set; } = null!;

    private string Label => unread > 0 ? $"Notifications, {unread} unread" : "Notifications";

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity == nameof(Notification) && (!IsLoaded || change.Id == Actor.UserId);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        unread = await Notifications.UnreadAsync(Actor, cancel);
        hasSeveralTeams = Actor.SeesAllTeams || Actor.TeamIds.Count > 1;
        if (isOpen)
            newest = (await Notifications.ListAsync(Actor, new NotificationFilter(), 0, Most, cancel)).Rows;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!takesFocus)
            return;
        takesFocus = false;
        await ScriptAsync(() => over.FocusAsync());
    }

    private async Task ToggleAsync()
    {
        if (isOpen)
        {
            await CloseAsync();
            return;
        }

        isOpen = true;
        await ReloadAsync();
        takesFocus = true;
    }

    private void Close() => isOpen = false;

    // Back to where one came from, as with any dialog.
    private async Task CloseAsync()
    {
        Close();
        await ScriptAsync(() => button.FocusAsync());
    }

    private async Task OnKeyAsync(KeyboardEventArgs key)
    {
        if (isOpen && key.Key == "Escape")
            await CloseAsync();
    }

    private async Task OpenAsync(NotificationView notification)
    {
        Close();
        if (!notification.IsRead)
            await Read.RunAsync(Actor, notification.Id, Gone);
    }

    private async Task ReadAllAsync()
    {
        if (newest is [var first, ..])
            await ReadAll.RunAsync(Actor, first.Id, Gone);
        await ReloadAsync();
    }
}
