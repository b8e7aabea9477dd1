namespace FrappeHybrid.Core.Contracts.Backups;

/// <summary>`POST /benches/{bench}/sites/{site}/backups`. Answers 202 with a job whose result is a <see cref="BackupRecord"/>.</summary>
/// <param name="WithFiles">Public and private files too.</param>
public sealed record BackupSiteRequest(bool WithFiles);
