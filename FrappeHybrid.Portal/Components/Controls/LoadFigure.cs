using System.Globalization;
using FrappeHybrid.Core.Contracts.Servers;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>One figure of a server as it is drawn: its number with its meaning, its way through the last minutes, and a word when it is high.</summary>
/// <param name="Title">"Processors", "Memory" or "Disk".</param>
/// <param name="Text">"41 % of 80 GB".</param>
/// <param name="Percent">Now, 0 to 100.</param>
/// <param name="Values">The way here, in percent, oldest first; none when only the last figure is known.</param>
/// <param name="Period">"the last 10 minutes".</param>
/// <param name="WhenHigh">What it is called from 90 % on.</param>
public sealed record LoadFigure(string Title, string Text, int Percent, IReadOnlyList<double> Values, string Period, string WhenHigh)
{
    private const int High = 90;
    private const int Worth = 75;

    /// <summary>Its colour's name; null for the usual one.</summary>
    public string? Tone => Percent >= High ? "fail" : Percent >= Worth ? "warn" : null;

    /// <summary>The word for it when it is high; null otherwise.</summary>
    public string? Warning => Percent >= High ? WhenHigh : null;

    /// <summary>What the picture says to whoever does not see it.</summary>
    public string Sentence => Values.Count < 2
        ? $"{Title}: {Text}"
        : string.Create(CultureInfo.InvariantCulture, $"{Title}: {Text}, between {Values.Min():0} and {Values.Max():0} % in {Period}");

    /// <summary>The three figures with their last minutes.</summary>
    public static IReadOnlyList<LoadFigure> Of(ServerLoad load)
    {
        if (load.Samples is not [.., var now])
            return [];
        var period = PeriodOf(TimeSpan.FromSeconds((double)load.SecondsApart * load.Samples.Count));
        return
        [
            Processors(string.Create(CultureInfo.InvariantCulture, $"{now.ProcessorPercent:0} % of {Human.Count(load.Processors, "processor")}"), now.ProcessorPercent, [.. load.Samples.Select(sample => sample.ProcessorPercent)], period),
            Memory(now.MemoryUsedBytes, load.MemoryTotalBytes, [.. load.Samples.Select(sample => Share(sample.MemoryUsedBytes, load.MemoryTotalBytes))], period),
            Disk(now.DiskUsedBytes, load.DiskTotalBytes, [.. load.Samples.Select(sample => Share(sample.DiskUsedBytes, load.DiskTotalBytes))], period),
        ];
    }

    /// <summary>The same from what the portal has stored of the server: numbers without their way.</summary>
    public static IReadOnlyList<LoadFigure> Of(ServerInfo facts) =>
    [
        Processors(
            string.Create(CultureInfo.InvariantCulture, $"load {facts.Load1:0.00} on {Human.Count(facts.Processors, "processor")}"), 100 * facts.Load1 / Math.Max(1, facts.Processors), [], ""),
        Memory(facts.MemoryTotalBytes - facts.MemoryAvailableBytes, facts.MemoryTotalBytes, [], ""),
        Disk(facts.DiskTotalBytes - facts.DiskFreeBytes, facts.DiskTotalBytes, [], ""),
    ];

    private static LoadFigure Processors(string text, double percent, IReadOnlyList<double> values, string period) =>
        new("Processors", text, (int)Math.Clamp(Math.Round(percent), 0, 100), values, period, "busy");

    private static LoadFigure Memory(long used, long total, IReadOnlyList<double> values, string period) => new("Memory", Human.Of(used, total), Human.Percent(used, total), values, period, "nearly full");

    private static LoadFigure Disk(long used, long total, IReadOnlyList<double> values, string period) => new("Disk", Human.Share(used, total), Human.Percent(used, total), values, period, "nearly full");

    private static double Share(long used, long total) => total <= 0 ? 0 : 100.0 * used / total;

    private static string PeriodOf(TimeSpan time) => time.TotalMinutes < 1 ? $"the last {Human.Count((int)time.TotalSeconds, "second")}" : time.TotalMinutes < 2 ? "the last minute" : $"the last {Human.Count((int)time.TotalMinutes, "minute")}";
}
