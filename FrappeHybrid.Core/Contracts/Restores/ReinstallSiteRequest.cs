namespace FrappeHybrid.Core.Contracts.Restores;

/// <summary>`POST /benches/{bench}/sites/{site}/reinstall`. Answers 202 with a job whose result is a <see cref="RestoreResult"/>.</summary>
/// <param name="AdministratorPassword">8 to 128 printable characters, on standard input.</param>
/// <param name="SafetyBackup">First a backup of the site as it is; false when somebody has waived it.</param>
public sealed record ReinstallSiteRequest(string AdministratorPassword, bool SafetyBackup);
