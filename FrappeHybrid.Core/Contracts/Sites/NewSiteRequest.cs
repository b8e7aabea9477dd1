using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>`POST /benches/{bench}/sites`. Answers 202 with a <see cref="Jobs.JobSnapshot"/>; the job's id is the `Idempotency-Key` header.</summary>
/// <param name="Name">Free on the whole server.</param>
/// <param name="AdministratorPassword">8 to 128 printable characters; goes to `bench` on standard input and is kept in no row, feed or log.</param>
/// <param name="Apps">Apps to install beside frappe, in order.</param>
public sealed record NewSiteRequest(SiteName Name, string AdministratorPassword, IReadOnlyList<AppName> Apps);
