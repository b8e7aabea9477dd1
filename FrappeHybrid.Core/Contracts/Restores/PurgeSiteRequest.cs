using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Restores;

/// <summary>`POST /archived/{site}/{archive}/purge`. Answers 202 with a job without a result.</summary>
/// <param name="Archive">What was archived.</param>
/// <param name="Site">The site's name when it was dropped.</param>
public sealed record PurgeSiteRequest(Guid Archive, SiteName Site);
