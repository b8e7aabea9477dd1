using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Restores;

/// <summary>Result of a restore, a clone, a reinstall and of bringing a site back.</summary>
/// <param name="DatabaseName">The site's database and database user from now on.</param>
/// <param name="Apps">What is installed, frappe first.</param>
/// <param name="SafetyBackup">The backup that was taken of what the site was; null when there is none.</param>
public sealed record RestoreResult(string DatabaseName, IReadOnlyList<AppName> Apps, BackupRecord? SafetyBackup);
