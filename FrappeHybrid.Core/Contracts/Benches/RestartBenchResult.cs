namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>Result of "Restart Bench".</summary>
/// <param name="Services">What was started again, in this order; the frontend is among them when it had to follow a backend or websocket with a new address.</param>
/// <param name="Seconds">From the first stop until all of them were well.</param>
public sealed record RestartBenchResult(IReadOnlyList<BenchService> Services, double Seconds);
