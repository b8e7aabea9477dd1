using System.Globalization;
using FrappeHybrid.Portal.Components.Controls;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>In which time zone this desktop shows exact times: the browser's own, or UTC. Until the browser has said where it is, UTC.</summary>
public sealed class ViewerTime
{
    private TimeZoneInfo home = TimeZoneInfo.Utc;

#pragma warning disable MA0046 // a plain callback within one circuit: no sender, no arguments
    /// <summary>Raised on the circuit's own thread.</summary>
    public event Action? Changed;
#pragma warning restore MA0046

    /// <summary>The viewer wants UTC.</summary>
    public bool IsUtc { get; private set; }

    /// <summary>In which times are shown now.</summary>
    public TimeZoneInfo Zone => IsUtc ? TimeZoneInfo.Utc : home;

    /// <summary>"Europe/Berlin", "UTC".</summary>
    public string Name => Zone.Equals(TimeZoneInfo.Utc) ? "UTC" : Zone.Id;

    /// <summary>What the browser says, e.g. "Europe/Berlin"; a zone that this machine does not know leaves UTC.</summary>
    public void Set(string? zone, bool isUtc)
    {
        home = zone is { Length: > 0 and < 100 } && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : TimeZoneInfo.Utc;
        IsUtc = isUtc;
        Changed?.Invoke();
    }

    public void Toggle()
    {
        IsUtc = !IsUtc;
        Changed?.Invoke();
    }

    /// <summary>"22:04:10 UTC, 21 November 2026", "23:04:10, 21 November 2026 (Europe/Berlin)".</summary>
    public string Exact(DateTimeOffset at) => Zone.Equals(TimeZoneInfo.Utc) ? Human.Exact(at) : string.Create(CultureInfo.InvariantCulture, $"{In(at):HH:mm:ss, d MMMM yyyy} ({Zone.Id})");

    /// <summary>The same moment in the viewer's zone.</summary>
    public DateTimeOffset In(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);
}
