using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>`POST /benches/{bench}/sites/{site}/domains`: all domains as they are to be. Answers 202 with a <see cref="Jobs.JobSnapshot"/>.</summary>
/// <param name="Domains">Names beside the site's own; free on the whole server or the site's already. At most 50.</param>
/// <param name="Primary">The one that stands for the site, in links that the site writes too; null for the site's own name.</param>
/// <param name="Redirect">Visitors of the others are sent to the primary one (301).</param>
public sealed record ChangeDomainsRequest(IReadOnlyList<DomainName> Domains, DomainName? Primary, bool Redirect);
