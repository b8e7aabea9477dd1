namespace FrappeHybrid.Core.Contracts.Restores;

/// <summary>`POST /benches/{bench}/sites/{site}/restore`. Answers 202 with a job whose result is a <see cref="RestoreResult"/>.</summary>
/// <param name="Backup">What is put in the place of the site's database, and of its files when the backup has any.</param>
/// <param name="SafetyBackup">First a backup of the site as it is; false when somebody has waived it.</param>
public sealed record RestoreSiteRequest(BackupPlace Backup, bool SafetyBackup);
