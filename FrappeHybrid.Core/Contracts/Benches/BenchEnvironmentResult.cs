namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>Result of "Change Bench Environment".</summary>
/// <param name="Variables">What is set now, secrets without their values.</param>
public sealed record BenchEnvironmentResult(IReadOnlyList<BenchVariable> Variables);
