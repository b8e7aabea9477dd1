using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>A log file that Frappe writes.</summary>
/// <param name="Name">Its name in its folder.</param>
/// <param name="Site">The site whose it is; null for one of the bench.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ChangedAt">When something was written to it last.</param>
public sealed record LogFile(LogName Name, SiteName? Site, long Bytes, DateTimeOffset ChangedAt);
