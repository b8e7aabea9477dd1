namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>Memory limits of a bench's containers, in MiB.</summary>
/// <param name="BackendMegabytes">backend; at least 256.</param>
/// <param name="WorkerMegabytes">each of queue-short, queue-long and scheduler; at least 128.</param>
/// <param name="SmallServiceMegabytes">each of frontend, websocket and the two Redis; at least 64.</param>
public sealed record BenchLimits(int BackendMegabytes, int WorkerMegabytes, int SmallServiceMegabytes);
