using FrappeHybrid.Core.Notifications;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>Notifications by day, each a link to what it is about; the same in the bell and on their page.</summary>
public partial class NotificationDays
{
    /// <summary>Newest first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<NotificationView> Notifications { get; set; } = [];

    /// <summary>Whose they are matters: one is in several teams.</summary>
    [Parameter]
    public bool ShowTeam { get; set; }

    /// <summary>One was followed.</summary>
    [Parameter]
    public EventCallback<NotificationView> OnOpen { get; set; }
}
