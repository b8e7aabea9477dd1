using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Restores;

/// <summary>`POST /benches/{bench}/restored-sites`. Answers 202 with a job whose result is a <see cref="RestoreResult"/>.</summary>
/// <param name="Name">The new site's name, free on the whole server.</param>
/// <param name="Backup">What it is made of.</param>
/// <param name="AdministratorPassword">8 to 128 printable characters, on standard input; null to keep the one in the backup.</param>
/// <param name="Quiet">Scheduler off and outgoing mail muted, so that the new site does not send what the old one sends too.</param>
public sealed record RestoreNewSiteRequest(SiteName Name, BackupPlace Backup, string? AdministratorPassword, bool Quiet);
