namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>`POST /server/clean-up`.</summary>
/// <param name="Digest">Of the plan that a person has seen.</param>
/// <param name="ArchivedDays">Archived folders older than this go; null keeps them all. At least 8: dropped sites can be brought back for seven days.</param>
/// <param name="JobDays">The history of jobs older than this goes; at least 1.</param>
public sealed record CleanUpRequest(string Digest, int? ArchivedDays, int JobDays);
