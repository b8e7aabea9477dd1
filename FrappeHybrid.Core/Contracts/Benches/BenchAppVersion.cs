namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>An app in a bench's image.</summary>
/// <param name="App">Its name.</param>
/// <param name="Version">Its version, e.g. "15.50.0".</param>
public sealed record BenchAppVersion(string App, string Version);
