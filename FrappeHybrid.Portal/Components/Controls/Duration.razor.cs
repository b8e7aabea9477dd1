using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>"1 m 12 s"; counts on while there is no end.</summary>
public partial class Duration
{
    private ITimer? timer;

    [Parameter]
    public DateTimeOffset? From { get; set; }

    [Parameter]
    public DateTimeOffset? To { get; set; }

    private string Text => From is { } from ? Human.Duration((To ?? Time.GetUtcNow()) - from) : "";

    private string? Hover => From is { } from ? $"From {Human.Exact(from)}{(To is { } to ? $" to {Human.Exact(to)}" : "")}" : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        timer?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        var isCounting = From is not null && To is null;
        if (isCounting && timer is null)
        {
            timer = Time.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        }
        else if (!isCounting && timer is not null)
        {
            timer.Dispose();
            timer = null;
        }
    }
}
