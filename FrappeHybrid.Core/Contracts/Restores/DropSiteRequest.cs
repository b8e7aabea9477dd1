namespace FrappeHybrid.Core.Contracts.Restores;

/// <summary>`POST /benches/{bench}/sites/{site}/drop`. Answers 202 with a job whose result is a <see cref="DropSiteResult"/>.</summary>
/// <param name="WithoutBackup">
/// The site goes though no backup can be taken of it; its files are archived nevertheless, its database is lost. A half-made site, which has no database,
/// needs no such word.
/// </param>
public sealed record DropSiteRequest(bool WithoutBackup);
