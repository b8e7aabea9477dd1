using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The way of a percentage through the last minutes, as one small line from 0 to 100. Whoever does not see it hears its sentence.</summary>
public partial class Sparkline
{
    private const double Width = 120;
    private const double Top = 1;
    private const double Bottom = 31;

    /// <summary>Percentages, oldest first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<double> Values { get; set; } = [];

    /// <summary>How many of them the whole width stands for: the newest is at the right, what is not known yet stays empty at the left.</summary>
    [Parameter]
    public int Most { get; set; }

    /// <summary>What it says, in words.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>"warn" or "fail" when it is high; the text beside it says so too.</summary>
    [Parameter]
    public string? Tone { get; set; }

    private string Line => string.Join(' ', Values.Select((value, index) => Point(Left(index), value)));

    private string Area => Values.Count == 0 ? "" : $"{Point(Left(0), 0)} {Line} {Point(Width, 0)}";

    private double Left(int index) => Width - (Values.Count - 1 - index) * Width / Math.Max(1, Math.Max(Most, Values.Count) - 1);

    private static string Point(double left, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"{left:0.##},{Bottom - Math.Clamp(value, 0, 100) * (Bottom - Top) / 100:0.##}");
}
