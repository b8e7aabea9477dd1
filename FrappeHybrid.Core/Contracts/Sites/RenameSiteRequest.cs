using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>`POST /benches/{bench}/sites/{site}/rename`. Answers 202 with a <see cref="Jobs.JobSnapshot"/>.</summary>
/// <param name="NewName">Free on the whole server, or a domain of the site.</param>
public sealed record RenameSiteRequest(SiteName NewName);
