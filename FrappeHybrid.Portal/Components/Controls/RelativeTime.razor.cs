using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>"5 minutes ago" that stays true, with the exact time on hover.</summary>
public partial class RelativeTime
{
    private ITimer? timer;

    [Parameter, EditorRequired]
    public DateTimeOffset At { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer?.Dispose();
        Viewer.Changed -= Redraw;
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        timer = Time.CreateTimer(_ => Redraw(), null, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20));
        Viewer.Changed += Redraw;
    }

    private void Redraw() => _ = InvokeAsync(StateHasChanged);
}
