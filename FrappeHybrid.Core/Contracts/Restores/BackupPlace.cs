using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Restores;

/// <summary>Where a backup is on the server: its own site need not be the one that it is restored into.</summary>
/// <param name="Bench">The bench in whose folder it is now.</param>
/// <param name="Site">The site whose backup it is, as that is called now.</param>
/// <param name="Id">The backup's id.</param>
public sealed record BackupPlace(BenchName Bench, SiteName Site, Guid Id);
