using System.Runtime.InteropServices;

namespace FrappeHybrid.Agent.Metrics;

/// <summary>What the processors have done since boot, in the kernel's ticks.</summary>
/// <param name="Busy">At work.</param>
/// <param name="Total">At work, idle, or waiting for a disk.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProcessorTime(long Busy, long Total)
{
    /// <summary>How much of the time since an earlier reading they were at work, 0 to 100.</summary>
    public double PercentSince(ProcessorTime before)
    {
        // The kernel's idle counters may go back a little; a machine that was moved while it ran may begin at 0 again.
        var total = Total - before.Total;
        return total <= 0 ? 0 : Math.Round(Math.Clamp(100.0 * (Busy - before.Busy) / total, 0, 100), 1);
    }
}
