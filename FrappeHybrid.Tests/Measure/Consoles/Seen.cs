namespace FrappeHybrid.Tests.Measure.Consoles;

/// <summary>What a browser's page saw.</summary>
/// <param name="Seconds">How long it looked.</param>
/// <param name="Longest">The longest time between two frames, in milliseconds.</param>
/// <param name="Over">How often there were more than 100 ms.</param>
/// <param name="Painted">From a line's writing to the frame that shows it.</param>
internal sealed record Seen(
    double Seconds, double Lines, double Lost, double Doubled, double Skipped, double Longest, double Over, double Frames, double HeapBefore, double HeapAfter, Latencies Painted);
