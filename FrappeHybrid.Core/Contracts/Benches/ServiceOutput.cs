namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>What a service said last.</summary>
/// <param name="Service">Which of the eight.</param>
/// <param name="Text">Its last lines, secrets taken out.</param>
public sealed record ServiceOutput(BenchService Service, string Text);
