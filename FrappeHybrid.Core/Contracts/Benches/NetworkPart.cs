namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>One part of a bench's network.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Service">Which of the eight; null for what all benches of the server share.</param>
/// <param name="State">Of a container the engine's word: "running", "exited", "restarting", ...; "missing" when there is none. Of nginx "running" or "stopped".</param>
/// <param name="Health">What the image's own check says: "starting", "healthy", "unhealthy"; null for one without a check, and for nginx.</param>
/// <param name="Answers">Whether it answers where the others look for it: Redis and MariaDB to a question, the rest by taking a connection. Null for what listens nowhere, and for what does not run.</param>
/// <param name="RestartCount">How often the engine restarted it.</param>
/// <param name="ExitCode">When it is not running.</param>
public sealed record NetworkPart(NetworkPartKind Kind, BenchService? Service, string State, string? Health, bool? Answers, int RestartCount, int? ExitCode);
