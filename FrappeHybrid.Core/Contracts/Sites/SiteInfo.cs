using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Sites;

/// <summary>`GET /benches/{bench}/sites/{site}`.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DatabaseName">From its site_config.json; null when that cannot be read.</param>
/// <param name="MaintenanceMode">Every URL answers 503 while it is on.</param>
/// <param name="InNginx">The server's nginx has an entry for it.</param>
/// <param name="Status">HTTP status of `/api/method/ping` through the server's nginx; null when nothing answered within 5 seconds.</param>
public sealed record SiteInfo(SiteName Name, string? DatabaseName, bool MaintenanceMode, bool InNginx, int? Status);
