using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Restores;

/// <summary>`POST /benches/{bench}/sites/{site}/clone`. Answers 202 with a job whose result is a <see cref="RestoreResult"/>.</summary>
/// <param name="Name">The new site's name, free on the whole server.</param>
/// <param name="ToBench">The bench of the new site: the same, or one of the same or a newer version.</param>
/// <param name="AdministratorPassword">8 to 128 printable characters, on standard input; null to keep that of the site.</param>
/// <param name="Quiet">Scheduler off and outgoing mail muted in the clone.</param>
public sealed record CloneSiteRequest(SiteName Name, BenchName ToBench, string? AdministratorPassword, bool Quiet);
