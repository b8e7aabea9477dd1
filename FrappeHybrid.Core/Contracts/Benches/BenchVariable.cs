namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>A variable that somebody has set for a bench: `GET /benches/{bench}/environment` lists them.</summary>
/// <param name="Name">As programs read it.</param>
/// <param name="Value">Null when its name says that it is a secret: those stay on the server.</param>
public sealed record BenchVariable(string Name, string? Value);
