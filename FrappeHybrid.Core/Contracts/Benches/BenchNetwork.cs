namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>`GET /benches/{bench}/network`: how the parts are that a visitor's request goes through; looked at anew at most every 5 seconds.</summary>
/// <param name="At">When it was looked at.</param>
/// <param name="Parts">nginx, the eight services, the database.</param>
/// <param name="Sites">How many sites the bench has.</param>
/// <param name="Entries">How many of them the server's nginx has an entry for.</param>
public sealed record BenchNetwork(DateTimeOffset At, IReadOnlyList<NetworkPart> Parts, int Sites, int Entries);
