using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>`POST /benches/{bench}/sites`. Answers 202 with a <see cref="Jobs.JobSnapshot"/>; the job's id is the `Idempotency-Key` header.</summary>
/// <param name="Name">Free on the whole server.</param>
/// <param name="AdministratorPassword">8 to 128 printable characters; goes to `bench` on standard input and is kept in no row, feed or log.</param>
/// <param name="Apps">Apps to install beside frappe, in order.</param>
public sealed record NewSiteRequest(SiteName Name, string AdministratorPassword, IReadOnlyList<AppName> Apps);

/// <summary>Result of "New Site".</summary>
/// <param name="DatabaseName">The site's database and database user.</param>
/// <param name="Apps">What is installed, frappe included.</param>
public sealed record NewSiteResult(string DatabaseName, IReadOnlyList<AppName> Apps);

/// <summary>`GET /benches/{bench}/sites/{site}`.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DatabaseName">From its site_config.json; null when that cannot be read.</param>
/// <param name="MaintenanceMode">Every URL answers 503 while it is on.</param>
/// <param name="InNginx">The server's nginx has an entry for it.</param>
/// <param name="Status">HTTP status of `/api/method/ping` through the server's nginx; null when nothing answered within 5 seconds.</param>
public sealed record SiteInfo(SiteName Name, string? DatabaseName, bool MaintenanceMode, bool InNginx, int? Status);
