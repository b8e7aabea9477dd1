using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Restores;

/// <summary>`POST /benches/{bench}/sites/{site}/untrash`, where the site is the name that it will have. Answers 202 with a job whose result is a <see cref="RestoreResult"/>.</summary>
/// <param name="Archive">What was archived.</param>
/// <param name="ArchivedName">The site's name when it was dropped.</param>
public sealed record UntrashSiteRequest(Guid Archive, SiteName ArchivedName);
