namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>How busy a server was at one time.</summary>
/// <param name="At">When it was read.</param>
/// <param name="ProcessorPercent">What all processors together were at work since the sample before, 0 to 100.</param>
/// <param name="MemoryUsedBytes">What programs could not take any more.</param>
/// <param name="DiskUsedBytes">Not free for a normal user on the file system that holds /home/frappe.</param>
public sealed record LoadSample(DateTimeOffset At, double ProcessorPercent, long MemoryUsedBytes, long DiskUsedBytes);
